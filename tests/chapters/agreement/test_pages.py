"""What the pages say, before the browser opens anything."""

import json
import re
from datetime import timedelta

import pytest

from tests.cast import Actor, opens, partnership, somebody
from tests.chapters.agreement.drafts import agree, proposes, rhythm, signature, signs
from tilth.chapters.agreement.chapter import chapter
from tilth.chapters.agreement.models import Version
from tilth.ledger.chapter import Due, Step
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def due(actor: Actor) -> list[Due]:
    return chapter.due([actor.member], clock.now())


def steps(actor: Actor) -> list[Step]:
    return chapter.steps(actor.member, clock.now())


def test_a_new_pair_is_shown_how_to_begin(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    assert "Write a first draft" in mentor.sees("agreement/")
    assert [step.key for step in steps(mentor)] == ["agreement-write"]


def test_a_first_draft_starts_from_words_and_an_hour_that_suits_both(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    page = mentor.sees("agreement/draft")
    assert "Messages here are for questions" in page
    assert 'value="weeks-2" selected' in page
    assert "Yusuf’s quiet hours" in page


def test_one_who_is_alone_may_draft_but_not_send() -> None:
    mentor = opens(somebody("Amara"))
    page = mentor.sees("agreement/draft")
    assert "It can be sent once someone has joined" in page
    assert "disabled" in page
    assert steps(mentor) == []


def test_a_proposal_waits_on_the_other(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    assert [(one.on, one.text) for one in due(mentor)] == [("other", "Your proposal for the agreement")]
    assert [(one.on, one.text) for one in due(mentee)] == [("me", "Read and answer what Amara proposes")]
    assert [step.key for step in steps(mentee)] == [f"agreement-answer-{version}"]
    assert steps(mentor) == []


def test_the_other_can_sign_answer_or_leave_it_and_its_author_change_or_withdraw(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    theirs, mine = mentee.sees(f"agreement/{version}/"), mentor.sees(f"agreement/{version}/")
    assert "Sign the agreement" in theirs
    assert signature(version)["hash"] in theirs
    assert "Withdraw it" not in theirs
    assert "Withdraw it" in mine
    assert "Sign the agreement" not in mine


def test_what_is_in_force_is_read_as_a_document(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    agree(mentor, mentee, rhythm=rhythm(), window_hours=8)
    page = mentor.sees("agreement/")
    assert "within one working day" in page
    assert "every second Tuesday" in page
    assert "17:00 in Madrid" in page
    assert "Yusuf’s quiet hours" in page
    assert "in force since" in page


def test_the_window_is_said_alike_where_it_is_agreed_and_where_one_writes(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    for hours, words in ((16, "within two working days"), (12, "within twelve working hours")):
        agree(mentor, mentee, window_hours=hours, replaces=mentor.member.partnership.terms_entry)
        for page in ("agreement/", "messages/new", ""):
            assert words in mentor.sees(page)
    assert "eight make a day" in mentor.sees("agreement/")


def test_a_change_says_what_would_be_different(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = agree(mentor, mentee, window_hours=16)
    change = proposes(mentor, mentee, replaces=first, window_hours=8)
    told = "<del>within two working days</del> <ins>within one working day</ins>"
    assert told in mentee.sees(f"agreement/{change}/")
    signs(mentee, change)
    assert told in mentor.sees(f"agreement/{first}/{change}/")


def test_the_margin_tells_what_was_agreed(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    assert chapter.margin(mentor.member, clock.now()) is None
    agree(mentor, mentee, rhythm=rhythm(), window_hours=8)
    aside = chapter.margin(mentor.member, clock.now())
    assert aside is not None
    assert aside.strong == "Every second Tuesday, 17:00"
    assert dict(aside.lines) == {
        "Answers": "within one working day",
        "Amara": "not before 08:00 or after 20:00",
        "Yusuf": "not before 08:00 or after 20:00",
        "Moving a meeting": "a day ahead",
    }


def test_a_month_before_it_ends_there_is_a_step_to_look_ahead(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    agree(mentor, mentee)
    assert steps(mentor) == []
    with clock.at(clock.now() + timedelta(days=340)):
        assert [step.title for step in steps(mentor)] == ["Talk about what comes next."]
        assert "What you agreed ends on " in steps(mentor)[0].why
    with clock.at(clock.now() + timedelta(days=400)):
        assert "What you agreed ended on " in steps(mentor)[0].why


def test_who_signed_without_saying_what_success_is_is_asked_once_more(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    mentee.writes("agreement.signed", signature(version), subject=version)
    assert [step.key for step in steps(mentee)] == ["agreement-success"]
    assert steps(mentor) == []


def test_who_has_said_what_success_is_is_not_asked_again_when_the_agreement_changes(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    change = proposes(mentor, mentee, replaces=agree(mentor, mentee), window_hours=4)
    mentee.writes("agreement.signed", {**signature(change), "success": False}, subject=change)
    assert steps(mentee) == steps(mentor) == []
    assert mentee.sees("agreement/").count('field="success"') == 2


def test_a_proposal_left_as_it_is_says_so_without_blame(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    mentee.writes("agreement.declined", {}, {"words": "x"}, subject=version)
    page = mentor.sees(f"agreement/{version}/")
    assert "This proposal was not taken up." in page
    assert 'kind="agreement.declined"' in page


def test_in_a_pause_a_proposal_rests(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    proposes(mentor, mentee)
    mentee.writes("membership.paused", {})
    assert re.search("<h2>Resting with you</h2>.*Read and answer what Amara proposes", mentee.sees(), re.DOTALL)


def test_after_the_end_nobody_is_asked_to_sign(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    mentor.writes("membership.left")
    assert due(mentee) == steps(mentee) == []
    assert "Read the proposal" not in mentee.sees("agreement/")
    page = mentee.sees(f"agreement/{version}/")
    assert 'kind="agreement.signed"' not in page
    assert "The partnership has ended." in page


def test_after_the_end_nobody_who_agreed_on_nothing_is_asked_to_begin(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    mentor.writes("membership.left")
    page = mentee.sees("agreement/")
    assert "Write a first draft" not in page
    assert "The partnership has ended." in page


def test_versions_page_by_page(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    last = agree(mentor, mentee)
    for hours in range(1, 23):
        change = proposes(mentor, mentee, replaces=last, window_hours=hours)
        mentee.writes("agreement.signed", signature(change), subject=change)
        last = change
    Version.objects.update(at=clock.now())  # the page's last and the next one's first came at the same instant
    page = mentor.sees("agreement/")
    assert page.count('class="row-head"') == 20
    older = page.split("?before=")[1].split("#")[0]
    assert mentor.sees(f"agreement/?before={older}").count('class="row-head"') == 3


@pytest.mark.parametrize("where", ["", "draft", "{change}/", "{first}/{change}/"])
def test_every_page_is_a_few_queries(pair: tuple[Actor, Actor], where: str) -> None:
    mentor, mentee = pair
    first = agree(mentor, mentee)
    change = proposes(mentor, mentee, replaces=first)
    assert mentor.queries_of("agreement/" + where.format(first=first, change=change)) <= MOST_QUERIES


@pytest.mark.parametrize("where", ["", "draft", "dates", "{version}/", "{version}/{version}/"])
def test_a_stranger_finds_nothing(pair: tuple[Actor, Actor], where: str) -> None:
    mentor, mentee = pair
    version = agree(mentor, mentee)
    stranger = somebody("Cato")
    assert stranger.client.get(f"{mentor.path}agreement/{where.format(version=version)}").status_code == 404


def test_a_version_of_another_pair_is_not_found(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    theirs = agree(*partnership())
    assert mentor.client.get(f"{mentor.path}agreement/{theirs}/").status_code == 404


def test_the_server_never_holds_a_word_of_it(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    assert "stop guessing" not in json.dumps(mentee.sees(f"agreement/{version}/"))


def test_what_was_withdrawn_is_forgotten_by_every_page(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = agree(mentor, mentee)
    change = proposes(mentor, mentee, replaces=first)
    mentor.writes("agreement.withdrawn", subject=change)
    page = mentee.sees(f"agreement/{change}/")
    assert page.count(f'<sealed-text entry="{change}"') == page.count(" gone></sealed-text>")
    assert "sealed-diff" not in page
    assert "sealed-diff" not in mentee.sees(f"agreement/{first}/{change}/")


def test_after_the_end_no_version_is_told_as_holding_or_as_one_to_answer(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    held = agree(mentor, mentee)
    change = proposes(mentor, mentee, replaces=held, window_hours=4)
    mentee.writes("agreement.declined", {}, {"words": "x"}, subject=change)
    assert "signed still holds" in mentor.sees("agreement/")
    assert "in force since" in mentor.sees("agreement/")
    mentee.writes("membership.left")
    for page in ("agreement/", f"agreement/{held}/", f"agreement/{change}/"):
        shown = mentor.sees(page)
        for words in ("signed still holds", "in force since", "You can propose", "when they sign", "when you sign"):
            assert words not in shown, (page, words)
