"""From which text and terms a draft starts, and what is said of those that were left."""

import pytest

from tests.cast import Actor
from tests.chapters.agreement.drafts import agree, proposes, signs

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def test_an_answer_starts_from_what_it_answers(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee, window_hours=7)
    page = mentee.sees(f"agreement/draft?from={version}")
    assert f'replaces="{version}"' in page
    assert 'name="data.terms.window_hours" data-as="int"' in page
    assert 'value="7"' in page
    assert "Messages here are for questions" not in page


def test_a_draft_of_something_closed_starts_from_what_is_in_force(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = agree(mentor, mentee)
    change = proposes(mentor, mentee, replaces=first)
    mentor.writes("agreement.withdrawn", subject=change)
    assert f'replaces="{first}"' in mentee.sees(f"agreement/draft?from={change}")
    assert f'replaces="{first}"' in mentee.sees("agreement/draft?from=nonsense")


def test_after_a_proposal_was_left_the_next_draft_starts_from_it_and_the_page_says_who_left_it(
    pair: tuple[Actor, Actor],
) -> None:
    mentor, mentee = pair
    first = proposes(mentor, mentee, notice_hours=48)
    answer = proposes(mentee, mentor, replaces=first, notice_hours=36)
    no = mentor.writes("agreement.declined", {}, {"words": "not yet"}, subject=answer)
    page = mentee.sees("agreement/")
    assert "Amara left your proposal as it is" in page
    assert f'<sealed-text entry="{no}"' in page
    assert "You left Yusuf’s proposal as it is" in mentor.sees("agreement/")
    for actor in pair:
        draft = actor.sees("agreement/draft")
        assert f'<sealed-value entry="{answer}"' in draft
        assert 'value="36"' in draft
        assert 'replaces=""' in draft
    assert "Messages here are for questions" in mentor.sees("agreement/draft?afresh=1")


def test_what_is_proposed_is_a_change_only_once_something_was_agreed(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = proposes(mentor, mentee)
    answer = proposes(mentor, mentee, replaces=first)
    before = mentee.sees("agreement/") + mentee.sees(f"agreement/{answer}/") + mentee.sees("timeline")
    assert "Amara proposes how you could work together." in before
    assert "signed still holds" not in before
    assert "proposed a change" not in before
    signs(mentee, answer)
    change = proposes(mentor, mentee, replaces=answer)
    page = mentee.sees("agreement/")
    assert "Amara proposes a change." in page
    assert page.count("Amara proposed a change") == 1
    assert page.count("Amara proposed how to work together") == 2
    assert "What you have both signed still holds." in mentee.sees(f"agreement/{change}/")


def test_where_a_proposal_was_left_without_a_word_nothing_is_there_to_open(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    no = mentee.writes("agreement.declined", {}, subject=version)
    for page in ("agreement/", f"agreement/{version}/"):
        assert f'entry="{no}"' not in mentor.sees(page)


def test_after_a_withdrawn_answer_the_next_draft_starts_from_the_text_that_is_still_there(
    pair: tuple[Actor, Actor],
) -> None:
    mentor, mentee = pair
    first = proposes(mentor, mentee, notice_hours=48)
    answer = proposes(mentee, mentor, replaces=first, notice_hours=36)
    mentee.writes("agreement.withdrawn", subject=answer)
    assert "Yusuf withdrew their proposal" in mentor.sees("agreement/")
    assert f'<sealed-value entry="{first}"' in mentor.sees("agreement/draft")


def test_after_the_only_proposal_was_withdrawn_its_times_and_numbers_are_still_there(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    only = proposes(mentor, mentee, notice_hours=48)
    mentor.writes("agreement.withdrawn", subject=only)
    draft = mentee.sees("agreement/draft")
    assert 'value="48"' in draft
    assert "Messages here are for questions" in draft


def test_a_change_that_was_left_can_be_taken_up_again_while_the_agreement_holds(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = agree(mentor, mentee)
    change = proposes(mentor, mentee, replaces=first, notice_hours=36)
    mentee.writes("agreement.declined", {}, {"words": "x"}, subject=change)
    again = mentor.sees(f"agreement/draft?from={change}")
    assert 'value="36"' in again
    assert f'replaces="{first}"' in again
    assert 'value="24"' in mentor.sees("agreement/draft")
