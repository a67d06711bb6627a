"""Proposing, signing, answering, withdrawing and declining, through the door."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.cast import Actor, opens, partnership, somebody
from tests.chapters.agreement.drafts import PROSE, agree, proposal, proposes, rhythm, signature, signs, terms
from tilth.chapters.agreement.models import Signature, Version
from tilth.ledger.models import Entry
from tilth.ledger.rebuild import rebuild
from tilth.partnerships.models import Partnership
from tilth.partnerships.terms import terms_of
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


def test_it_is_in_force_when_both_signatures_cover_the_same_entry(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee, window_hours=8)
    assert mentor.member.partnership.terms is None
    signs(mentee, version)
    row = mentor.member.partnership
    assert (row.terms_entry, terms_of(row).window_hours) == (version, 8)
    assert Version.objects.get(id=version).is_in_force


def test_both_definitions_of_success_are_sealed_by_the_one_they_belong_to(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    signed = signs(mentee, version)
    assert mentee.reads(version)["success"] == "That I stop guessing."
    assert mentor.reads(signed)["success"] == "That I am asked."


def test_nobody_signs_twice_not_even_by_having_proposed(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    assert mentor.is_refused("agreement.signed", signature(version), PROSE_OWN, subject=version) == "already_signed"
    signs(mentee, version)
    assert mentee.is_refused("agreement.signed", signature(version), PROSE_OWN, subject=version) == "already_signed"


def test_a_signature_under_another_text_is_refused(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    other = {"hash": "0" * 64, "success": True}
    assert mentee.is_refused("agreement.signed", other, PROSE_OWN, subject=version) == "other_text"


def test_the_same_bytes_sent_twice_sign_once(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    entry = mentee.seal("agreement.signed", signature(version), PROSE_OWN, subject=version)
    assert [mentee.posts(entry).status_code, mentee.posts(entry).status_code] == [201, 200]
    assert Signature.objects.filter(version=version).count() == 2


def test_an_answer_takes_the_place_of_what_it_answers(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = proposes(mentor, mentee, window_hours=8)
    answer = proposes(mentee, mentor, replaces=first, window_hours=24)
    assert mentee.is_refused("agreement.signed", signature(first), PROSE_OWN, subject=first) == "proposal_replaced"
    signs(mentor, answer)
    assert terms_of(mentor.member.partnership).window_hours == 24


def test_one_has_one_proposal_open_at_a_time(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = proposes(mentor, mentee)
    assert mentor.is_refused("agreement.proposed", proposal(mentor, mentee), PROSE) == "already_open"
    second = proposes(mentor, mentee, replaces=first)
    assert [version.id for version in Version.objects.filter(closed_at=None)] == [second]


def test_two_proposals_at_once_both_stand_until_one_is_signed(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    mine, theirs = proposes(mentor, mentee), proposes(mentee, mentor)
    assert Version.objects.filter(closed_at=None).count() == 2
    signs(mentor, theirs)
    assert Version.objects.get(id=mine).closed_as == "overtaken"
    assert mentee.is_refused("agreement.signed", signature(mine), PROSE_OWN, subject=mine) == "proposal_overtaken"


def test_answering_the_other_while_ones_own_is_open_closes_both(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    proposes(mentor, mentee)
    theirs = proposes(mentee, mentor)
    answer = proposes(mentor, mentee, replaces=theirs)
    assert [version.id for version in Version.objects.filter(closed_at=None)] == [answer]


def test_an_agreement_is_amended_by_a_proposal_that_replaces_it(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = agree(mentor, mentee)
    assert mentee.is_refused("agreement.proposed", proposal(mentee, mentor), PROSE) == "must_replace"
    change = proposes(mentee, mentor, replaces=first, window_hours=4)
    assert Version.objects.get(id=first).is_in_force
    signs(mentor, change)
    assert Version.objects.get(id=first).until_at is not None
    assert terms_of(mentor.member.partnership).window_hours == 4


def test_what_no_longer_holds_cannot_be_amended(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = agree(mentor, mentee)
    signs(mentor, proposes(mentee, mentor, replaces=first))
    late = proposal(mentor, mentee, replaces=first)
    assert mentor.is_refused("agreement.proposed", late, PROSE) == "replaces_closed"


def test_only_the_author_withdraws_and_only_before_it_is_signed(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    version = proposes(mentor, mentee)
    assert mentee.is_refused("agreement.withdrawn", subject=version) == "not_yours"
    mentor.writes("agreement.withdrawn", subject=version)
    assert Entry.objects.get(id=version).ct is None
    assert mentee.is_refused("agreement.signed", signature(version), PROSE_OWN, subject=version) == "proposal_withdrawn"
    signed = agree(mentor, mentee)
    assert mentor.is_refused("agreement.withdrawn", subject=signed) == "proposal_in_force"


def test_the_other_may_leave_it_with_or_without_words(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = proposes(mentor, mentee)
    assert mentor.is_refused("agreement.declined", subject=first) == "your_own"
    mentee.writes("agreement.declined", {}, {"words": "Let us talk first."}, subject=first)
    assert mentee.is_refused("agreement.signed", signature(first), PROSE_OWN, subject=first) == "proposal_declined"
    second = proposes(mentor, mentee)
    mentee.writes("agreement.declined", subject=second)


def test_it_takes_two() -> None:
    mentor = opens(somebody("Amara"))
    data = {"terms": terms(mentor, mentor), "replaces": None}
    assert mentor.is_refused("agreement.proposed", data, PROSE) == "alone"


def test_the_terms_are_about_exactly_the_two(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    data = {"terms": terms(mentor, somebody("Cato")), "replaces": None}
    assert mentor.is_refused("agreement.proposed", data, PROSE) == "wrong_members"


def test_an_agreement_without_words_is_none(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    assert mentor.is_refused("agreement.proposed", proposal(mentor, mentee)) == "empty"


def test_an_end_that_has_passed_is_neither_proposed_nor_signed(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    today = clock.now().date()
    over = {"begins": (today - timedelta(days=30)).isoformat(), "ends": (today - timedelta(days=2)).isoformat()}
    assert mentor.is_refused("agreement.proposed", proposal(mentor, mentee, **over), PROSE) == "already_over"
    short = proposes(mentor, mentee, ends=(today + timedelta(days=3)).isoformat())
    with clock.at(clock.now() + timedelta(days=9)):
        assert mentee.is_refused("agreement.signed", signature(short), PROSE_OWN, subject=short) == "already_over"


def test_a_stranger_s_proposal_is_not_there(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    elsewhere, other = partnership()
    theirs = proposes(elsewhere, other)
    assert mentor.is_refused("agreement.signed", signature(theirs), PROSE_OWN, subject=theirs) == "no_such_proposal"
    assert mentor.is_refused("agreement.withdrawn", subject=uuid4()) == "no_such_proposal"
    assert mentor.is_refused("agreement.withdrawn") == "no_subject"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"window_hours": 0}, "data.terms.window_hours", "Answers come within 1 to 240 working hours."),
        ({"rhythm": {"minutes": 2}}, "data.terms.rhythm.minutes", "A meeting lasts from 5 minutes to 8 hours."),
        (
            {"rhythm": {"zone": "Europe/Nowhere"}},
            "data.terms.rhythm.zone",
            "We don’t know this time zone. Choose one such as Europe/Berlin.",
        ),
        ({"ends": "2026-02-30"}, "data.terms.ends", "There is no such day in the calendar."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    pair: tuple[Actor, Actor], changes: dict[str, object], field: str, sentence: str
) -> None:
    mentor, mentee = pair
    if isinstance(changes.get("rhythm"), dict):
        changes = {"rhythm": rhythm(**changes["rhythm"])}  # type: ignore[arg-type]
    answer = mentor.posts(mentor.seal("agreement.proposed", proposal(mentor, mentee, **changes), PROSE)).json()
    assert (answer["code"], answer["field"], answer["sentence"]) == ("bad_data", field, sentence)


def test_a_rebuild_gives_the_same_rows(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    first = agree(mentor, mentee, rhythm=rhythm())
    proposes(mentor, mentee, replaces=first)
    theirs = proposes(mentee, mentor, replaces=first, window_hours=2)
    signs(mentor, theirs)
    declined = proposes(mentor, mentee, replaces=theirs)
    mentee.writes("agreement.declined", subject=declined)
    withdrawn = proposes(mentor, mentee, replaces=theirs)
    mentor.writes("agreement.withdrawn", subject=withdrawn)
    proposes(mentee, mentor, replaces=theirs)
    before = rows(mentor.partnership)
    rebuild(mentor.partnership)
    assert rows(mentor.partnership) == before


PROSE_OWN = {"success": "That I am asked."}


def rows(partnership_id: UUID) -> list[object]:
    pair = Partnership.objects.filter(id=partnership_id).values_list("terms", "terms_entry").get()
    versions = Version.objects.filter(partnership=partnership_id).order_by("id").values_list()
    signatures = Signature.objects.filter(partnership=partnership_id).order_by("id").values_list()
    return [pair, list(versions), list(signatures)]
