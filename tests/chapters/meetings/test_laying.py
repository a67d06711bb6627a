"""Signing an agreement lays its meetings; a later one keeps whatever somebody had done with them."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid5

import pytest

from tests.cast import Actor, partnership
from tests.chapters.meetings.rhythms import TUESDAYS, agree, days, first_meeting, moment
from tilth.chapters.meetings.models import AgendaPoint, Meeting
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 29), date(2027, 1, 12), date(2027, 1, 26)]
DAYS += [date(2027, 2, 9)]


@pytest.fixture
def pair() -> Iterator[tuple[Actor, Actor]]:
    with clock.at(moment("2026-11-24T10:00+00:00")):
        yield partnership()


def test_an_agreement_lays_its_meetings_until_the_rhythm_ends(pair: tuple[Actor, Actor]) -> None:
    agreement = agree(*pair)
    assert days(pair[0]) == DAYS
    first = first_meeting(pair[0])
    assert first.id == uuid5(agreement, "2026-12-01")
    assert first.start_at == moment("2026-12-01T17:00+01:00")
    assert (first.minutes, first.place) == (60, "video")


def test_meetings_before_the_agreement_are_not_laid(pair: tuple[Actor, Actor]) -> None:
    with clock.at(moment("2026-12-16T10:00+00:00")):
        agree(*pair)
    assert days(pair[0]) == DAYS[2:]


def test_an_agreement_without_a_rhythm_lays_none(pair: tuple[Actor, Actor]) -> None:
    agree(*pair, rhythm=None)
    assert days(pair[0]) == []


def test_a_new_rhythm_takes_the_place_of_untouched_meetings(pair: tuple[Actor, Actor]) -> None:
    agree(*pair)
    agree(*pair, rhythm=TUESDAYS | {"rrule": "FREQ=MONTHLY;BYDAY=1TU"})
    assert days(pair[0]) == [date(2026, 12, 1), date(2027, 1, 5), date(2027, 2, 2)]


def test_meetings_behind_the_two_stay_as_they_were(pair: tuple[Actor, Actor]) -> None:
    agree(*pair)
    with clock.at(moment("2026-12-20T10:00+00:00")):
        agree(*pair, rhythm=None)
    assert days(pair[0]) == DAYS[:2]


def test_a_meeting_with_an_agenda_that_still_stands_is_kept_with_the_new_time(pair: tuple[Actor, Actor]) -> None:
    agree(*pair)
    meeting = first_meeting(pair[0])
    pair[1].writes("meetings.point_added", {}, {"point": "pricing"}, subject=meeting.id)
    agree(*pair, rhythm=TUESDAYS | {"rrule": "FREQ=WEEKLY;BYDAY=TU", "time": "09:00"})
    kept = Meeting.objects.get(id=meeting.id)
    assert kept.start_at == moment("2026-12-01T09:00+01:00")
    assert len(days(pair[0])) == 11
    assert len(set(days(pair[0]))) == 11


def test_an_agenda_without_a_place_in_the_new_rhythm_goes_to_its_first_meeting(pair: tuple[Actor, Actor]) -> None:
    agree(*pair)
    old = first_meeting(pair[0])
    point = pair[1].writes("meetings.point_added", {}, {"point": "pricing"}, subject=old.id)
    agree(*pair, rhythm=TUESDAYS | {"rrule": "FREQ=WEEKLY;BYDAY=TH"})
    carried = AgendaPoint.objects.get(id=point)
    assert Meeting.objects.get(id=old.id).state == "replaced"
    assert carried.meeting == first_meeting(pair[0])
    assert carried.carried == 1
    assert "went on to the next" in pair[0].sees(f"meetings/{old.id}")
    assert carried.meeting.touched


def test_an_agenda_without_any_meeting_waits_for_the_next_that_is_laid(pair: tuple[Actor, Actor]) -> None:
    agree(*pair)
    point = pair[1].writes("meetings.point_added", {}, {"point": "pricing"}, subject=first_meeting(pair[0]).id)
    agree(*pair, rhythm=None)
    assert AgendaPoint.objects.get(id=point).meeting is None
    agree(*pair)
    assert AgendaPoint.objects.get(id=point).meeting == first_meeting(pair[0])


def test_a_moved_meeting_that_stands_for_its_day_keeps_the_time_it_was_moved_to(pair: tuple[Actor, Actor]) -> None:
    agree(*pair)
    meeting = first_meeting(pair[0])
    pair[0].writes("meetings.moved", {"to": "2026-12-02T16:00:00+01:00"}, subject=meeting.id)
    agree(*pair, rhythm=TUESDAYS | {"time": "09:00"})
    assert Meeting.objects.get(id=meeting.id).start_at == moment("2026-12-02T16:00+01:00")
    assert days(pair[0]) == [date(2026, 12, 2), *DAYS[1:]]


def test_a_day_of_which_it_was_said_that_it_wont_happen_is_not_laid_again(pair: tuple[Actor, Actor]) -> None:
    agree(*pair)
    meeting = first_meeting(pair[0])
    pair[0].writes("meetings.cancelled", {}, {"words": "travelling"}, subject=meeting.id)
    agree(*pair, rhythm=TUESDAYS | {"minutes": 30})
    assert days(pair[0], state="planned") == DAYS[1:]


def test_extra_meetings_outlive_a_rhythm(pair: tuple[Actor, Actor]) -> None:
    agree(*pair)
    times = ["2026-12-03T12:00:00+01:00"]
    extra = pair[0].writes("meetings.proposed", {"times": times, "minutes": 30, "place": "phone"})
    pair[1].writes("meetings.accepted", {"time": times[0]}, subject=extra)
    agree(*pair, rhythm=None)
    assert days(pair[0]) == [date(2026, 12, 3)]


def test_a_daily_rhythm_of_two_years_is_laid_whole(pair: tuple[Actor, Actor]) -> None:
    agree(*pair, rhythm=TUESDAYS | {"rrule": "FREQ=DAILY", "ends": "2028-11-20"}, ends="2028-11-20")
    assert len(days(pair[0])) == 721


def test_a_day_whose_meeting_was_moved_earlier_and_held_is_not_laid_again(pair: tuple[Actor, Actor]) -> None:
    agree(*pair)
    second = Meeting.objects.get(start_at__date=DAYS[1])
    pair[0].writes("meetings.moved", {"to": "2026-12-10T17:00:00+01:00"}, subject=second.id)
    with clock.at(moment("2026-12-12T10:00+00:00")):
        pair[0].writes("meetings.held", {}, subject=second.id)
        agree(*pair)
    assert days(pair[0]) == [DAYS[0], date(2026, 12, 10), *DAYS[2:]]
