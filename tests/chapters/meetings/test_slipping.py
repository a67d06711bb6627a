"""A rhythm that keeps slipping leads to the rhythm, not to blame."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import Actor, partnership
from tests.chapters.meetings.rhythms import TUESDAYS, agree, moment
from tests.chapters.meetings.story import START, at
from tilth.chapters.meetings.models import Meeting
from tilth.ledger.models import Entry
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
ASKED = "Change the rhythm?"
WEEKLY = TUESDAYS | {"rrule": "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", "ends": "2027-10-05"}


def later(**away: float) -> clock.at:
    return clock.at(START + timedelta(**away))


def laid(actor: Actor, number: int) -> Meeting:
    """The meeting of their rhythm that comes so many after the first."""
    return Meeting.objects.filter(partnership_id=actor.partnership, laid_by__isnull=False).order_by("laid_for")[number]


def said(actor: Actor, number: int, kind: str = "missed") -> None:
    """Whether that meeting came about, said the day after it."""
    meeting = laid(actor, number)
    with clock.at(meeting.end_at + timedelta(days=1)):
        actor.writes(f"meetings.{kind}", {}, subject=meeting.id)


def moves(actor: Actor, number: int, *, days: int = 1) -> None:
    """Two days ahead, to a day after."""
    meeting = laid(actor, number)
    with clock.at(meeting.start_at - timedelta(days=2)):
        to = meeting.start_at + timedelta(days=days)
        actor.writes("meetings.moved", {"to": to.isoformat()}, subject=meeting.id)


def is_asked(actor: Actor) -> list[bool]:
    """On home, and on the page of the meetings."""
    return [ASKED in actor.sees(page) for page in ("", "meetings/")]


def hopes(*pair: Actor) -> None:
    """What else home would ask first."""
    for actor in pair:
        opening = Entry.objects.get(partnership_id=actor.partnership, kind="membership.opened").id
        actor.writes("membership.hoped", {}, {"words": "To be of use"}, subject=opening)


def test_two_that_did_not_happen_lead_both_to_the_rhythm(pair: tuple[Actor, Actor]) -> None:
    hopes(*pair)
    said(pair[0], 0)
    said(pair[1], 1, "held")
    with later(days=15):
        assert is_asked(pair[0]) == [False, False]
    said(pair[0], 2)
    with later(days=37):
        agreement = pair[0].member.partnership.terms_entry
        for actor in pair:
            assert is_asked(actor) == [True, True]
            for page in ("", "meetings/"):
                words = actor.sees(page)
                assert "Of the last three meetings of your rhythm, two did not happen." in words
                assert f'href="{actor.path}agreement/draft?from={agreement}#rhythm"' in words
            assert 'id="rhythm"' in actor.sees(f"agreement/draft?from={agreement}")


def test_most_of_them_moved_is_a_slip_and_one_or_two_are_not(pair: tuple[Actor, Actor]) -> None:
    hopes(*pair)
    for number in range(3):
        with clock.at(laid(pair[0], number).start_at - timedelta(days=3)):
            assert is_asked(pair[1]) == [False, False]
        moves(pair[number % 2], number)
        said(pair[0], number, "held")
    with later(days=38):
        assert "Of the last three meetings of your rhythm, three were moved." in pair[0].sees("meetings/")
        assert is_asked(pair[1])[1]


def test_one_called_off_and_two_moved_are_named_as_what_they_were(pair: tuple[Actor, Actor]) -> None:
    with later(days=-1):
        pair[1].writes("meetings.cancelled", {}, {"words": "Away"}, subject=laid(pair[1], 0).id)
    for number in (1, 2):
        moves(pair[0], number)
        said(pair[0], number, "held")
    with later(days=38):
        assert "three meetings of your rhythm, one did not happen and two were moved." in pair[0].sees("meetings/")


def test_only_the_last_four_count(pair: tuple[Actor, Actor]) -> None:
    for number, kind in enumerate(("missed", "missed", "held", "held", "held")):
        said(pair[0], number, kind)
    with later(days=57):
        assert is_asked(pair[0]) == [False, False]


def test_what_lay_in_a_pause_or_was_moved_out_of_one_does_not_count(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    said(mentor, 0)
    with later(days=10):
        mentee.writes("membership.paused", {"back_on": None})
    with later(days=12):
        assert is_asked(mentor) == [False, False]
    second, third = laid(mentor, 1).id, laid(mentor, 2).id
    with later(days=30):
        mentee.writes("membership.resumed")
        mentee.writes("meetings.missed", {}, subject=second)
        mentee.writes("meetings.missed", {}, subject=third)
        assert is_asked(mentor) == [False, False]
    said(mentor, 3)
    with later(days=44):
        assert "Of the last two meetings of your rhythm, two did not happen." in mentor.sees("meetings/")
        mentor.writes("membership.paused", {"back_on": None})
        assert is_asked(mentor) == [False, False]


def test_not_now_lets_it_rest_on_both_pages_for_whoever_said_so(pair: tuple[Actor, Actor]) -> None:
    hopes(*pair)
    said(pair[0], 0)
    said(pair[0], 1)
    key = f"change-rhythm-{pair[0].member.partnership.terms_entry}"
    with later(days=16):
        pair[0].client.post(f"{pair[0].path}not-now", {"key": key})
        assert is_asked(pair[0]) == [False, False]
        assert is_asked(pair[1]) == [True, True]
    with later(days=24):
        assert is_asked(pair[0]) == [True, True]


def test_it_rests_while_a_change_is_proposed_and_is_over_once_it_holds(pair: tuple[Actor, Actor]) -> None:
    said(pair[0], 0)
    said(pair[0], 1)
    with later(days=16):
        before = pair[0].member.partnership.terms_entry
        proposal = propose(pair[0], before)
        assert [is_asked(actor) for actor in pair] == [[False, False], [False, False]]
        pair[0].writes("agreement.withdrawn", {}, subject=proposal)
        assert is_asked(pair[1])[1]
        agree(*pair, TUESDAYS | {"rrule": "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "ends": "2027-06-09"})
        assert [is_asked(actor) for actor in pair] == [[False, False], [False, False]]


def propose(actor: Actor, before: UUID | None) -> UUID:
    terms = actor.member.partnership.terms
    public = {"terms": terms, "replaces": str(before), "success": False}
    return actor.writes("agreement.proposed", public, {"channels": "Here."})


def test_after_the_rhythm_or_the_partnership_has_ended_nothing_is_asked(pair: tuple[Actor, Actor]) -> None:
    for number in range(5):
        said(pair[number % 2], number)
    with at("2027-02-09T20:00+00:00"):
        assert is_asked(pair[0])[1]
    with at("2027-02-10T12:00+00:00"):
        assert is_asked(pair[0]) == [False, False]
    with at("2027-02-09T21:00+00:00"):
        pair[1].writes("membership.left")
        assert is_asked(pair[0]) == [False, False]


def test_the_question_costs_the_same_however_long_two_have_met() -> None:
    counts = []
    for meetings in (2, 30):
        with at("2026-11-24T10:00+00:00"):
            two = partnership()
            agree(*two, WEEKLY)
        for number in range(meetings):
            said(two[0], number)
        with clock.at(moment("2026-12-01T16:00+00:00") + timedelta(weeks=meetings - 1, days=2)):
            two[0].client.post(f"{two[0].path}not-now", {"key": "hope"})
            counts.append([two[0].queries_of(page) for page in ("", "meetings/")])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12
