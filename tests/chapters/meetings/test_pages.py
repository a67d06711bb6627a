"""The pages of meetings: what they say in each state, in whose time, and what they cost."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from tests.cast import Actor, partnership, somebody
from tests.chapters.meetings.rhythms import TUESDAYS, agree, first_meeting, moment
from tests.chapters.meetings.story import START
from tilth.chapters.meetings.chapter import chapter
from tilth.chapters.meetings.models import AgendaPoint, Meeting
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
PAGES = ("", "/now", "/move", "/afterwards")


def test_the_list_tells_each_in_their_own_time(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    assert "Tuesday 1 December, 17:00 to 18:00" in mentor.sees("meetings/")
    assert "16:00 for Yusuf" in mentor.sees("meetings/")
    assert "Tuesday 1 December, 16:00 to 17:00" in mentee.sees("meetings/")
    assert "You meet every second Tuesday, 17:00." in mentor.sees("meetings/")
    assert "You meet every second Tuesday, 17:00 in Madrid; for you 16:00." in mentee.sees("meetings/")


def test_a_meeting_behind_them_is_told_by_the_newest_of_its_summaries(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    meeting = first_meeting(mentor).id
    with clock.at(START + timedelta(hours=2)):
        first = mentee.writes("meetings.summed_up", {"replaces": None}, {"summary": "Slower."}, subject=meeting)
        newest = mentor.writes("meetings.summed_up", {"replaces": str(first)}, {"summary": "Slow."}, subject=meeting)
        mentor.writes("meetings.held", {}, subject=meeting)
        page = mentee.sees("meetings/")
    assert f'<sealed-text entry="{newest}" kind="meetings.summed_up" author="{mentor.member.id}"' in page
    assert str(first) not in page


def test_a_meeting_that_was_called_off_stays_in_its_place_with_who_did_so_and_their_words(
    pair: tuple[Actor, Actor],
) -> None:
    mentor, mentee = pair
    meeting = first_meeting(mentor)
    off = mentee.writes("meetings.cancelled", {}, {"words": "travelling"}, subject=meeting.id)
    words = f'<sealed-text entry="{off}" kind="meetings.cancelled" author="{mentee.member.id}" field="words"'
    assert next(_followed(mentor, "coming", "after")) == str(meeting.id)
    assert "Yusuf said it won’t happen." in mentor.sees("meetings/")
    assert "You said it won’t happen." in mentee.sees("meetings/")
    with clock.at(START + timedelta(hours=2)):
        assert list(_followed(mentor, "past", "before")) == [str(meeting.id)]
        assert words in mentor.sees("meetings/")
    with clock.at(START + timedelta(minutes=30)):
        assert list(_followed(mentor, "past", "before")) == []
        assert words in mentor.sees("meetings/")


def test_where_all_that_was_coming_is_called_off_nothing_is_planned(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    agree(mentor, mentee, rhythm=TUESDAYS | {"ends": "2026-12-01"})
    meeting = first_meeting(mentor).id
    mentee.writes("meetings.cancelled", {}, subject=meeting)
    page = mentor.sees("meetings/")
    assert f'<li id="meeting-{meeting}"' in page
    assert "Nothing of your rhythm is left to come." in page
    assert '"brief"' not in page


def test_where_it_is_another_day_there_the_day_is_said() -> None:
    with clock.at(moment("2026-11-24T10:00+00:00")):
        mentor, mentee = partnership(mentor_zone="America/Los_Angeles", mentee_zone="Asia/Tokyo")
        agree(mentor, mentee, rhythm=TUESDAYS | {"zone": "America/Los_Angeles"})
        assert "Wednesday 2 December, 10:00 for Yusuf" in mentor.sees("meetings/")


def test_a_meeting_says_where_it_stands_through_its_life(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    meeting = first_meeting(mentor).id
    page = f"meetings/{meeting}"
    assert "Planned." in mentor.sees(page)
    with clock.at(START + timedelta(minutes=5)):
        assert "It has begun." in mentor.sees(page)
        assert "When you are done" in mentor.sees(page)
        assert "What would you like to talk about?" in mentor.sees(page)
        assert "any more: it has begun." in mentor.sees(f"{page}/move")
    with clock.at(START + timedelta(hours=2)):
        assert "Did you meet?" in mentor.sees(page)
        assert "Nothing was on it." in mentor.sees(page)
        assert "What would you like to talk about?" not in mentor.sees(page)
        mentee.writes("meetings.held", {}, subject=meeting)
        assert "Held." in mentor.sees(page)
        assert "Look back" in mentor.sees(page)


def test_moving_is_offered_before_the_notice_and_asking_after_it(pair: tuple[Actor, Actor]) -> None:
    meeting = first_meeting(pair[0]).id
    assert 'kind="meetings.moved"' in pair[0].sees(f"meetings/{meeting}/move")
    with clock.at(START - timedelta(hours=2)):
        page = pair[0].sees(f"meetings/{meeting}/move")
        assert 'kind="meetings.times_offered"' in page
        assert "You agreed to move meetings a day ahead, and this one is nearer than that." in page
    with clock.at(START + timedelta(hours=2)):
        assert "This meeting can’t be moved any more" in pair[0].sees(f"meetings/{meeting}/move")


def test_the_quiet_screen_has_no_clock_and_no_navigation(pair: tuple[Actor, Actor]) -> None:
    meeting = first_meeting(pair[0]).id
    pair[1].writes("meetings.point_added", {}, {"point": "the offer"}, subject=meeting)
    with clock.at(START):
        page = pair[0].sees(f"meetings/{meeting}/now")
    assert "<nav" not in page
    assert "17:00" not in page
    assert "meetings.point_added" in page
    assert 'kind="commitments.made"' in page


def test_a_long_history_costs_the_same(pair: tuple[Actor, Actor]) -> None:
    before = pair[0].queries_of("meetings/")
    _add_history(pair[0], 200)
    with clock.at(clock.now() + timedelta(minutes=2)):  # a kept page is no longer good
        assert pair[0].queries_of("meetings/") == before


def test_every_page_of_a_meeting_takes_few_queries(pair: tuple[Actor, Actor]) -> None:
    mentor = pair[0]
    meeting = first_meeting(mentor).id
    for page in ("meetings/", "meetings/propose", "meetings/note", *(f"meetings/{meeting}{page}" for page in PAGES)):
        assert mentor.queries_of(page) <= 12, page


def test_earlier_meetings_follow_on_further_pages_also_where_several_began_at_once(pair: tuple[Actor, Actor]) -> None:
    mentor = pair[0]
    for _ in range(3):
        _add_history(mentor, 15)
    shown = list(_followed(mentor, "past", "before"))
    assert len(shown) == len(set(shown)) == 45


def test_later_meetings_follow_on_further_pages_also_where_several_begin_at_once(pair: tuple[Actor, Actor]) -> None:
    mentor = pair[0]
    for _ in range(3):
        _add_history(mentor, 10)
    ahead = timedelta(days=60)
    Meeting.objects.filter(state="held").update(
        state="planned", start_at=F("start_at") + ahead, end_at=F("end_at") + ahead
    )
    shown = list(_followed(mentor, "coming", "after"))
    assert len(shown) == len(set(shown)) == Meeting.objects.filter(state="planned").count()


def _followed(actor: Actor, section: str, towards: str) -> Iterator[str]:
    """The meetings of a section, through all of its pages."""
    page: str | None = "meetings/"
    while page:
        part = actor.sees(page).partition(f'<section id="{section}">')[2].partition("</section>")[0]
        yield from re.findall(r'<li id="meeting-([0-9a-f-]+)"', part)
        link = re.search(rf'href="(\?{towards}=[^"]+)"', part)
        page = f"meetings/{link[1]}" if link else None


def test_after_the_end_everything_is_read_and_nothing_is_asked(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    meeting = first_meeting(mentor).id
    mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=meeting)
    mentee.writes("membership.left")
    with clock.at(START + timedelta(hours=3)):
        assert "The partnership has ended." in mentor.sees(f"meetings/{meeting}")
        for page in (
            "meetings/",
            "meetings/propose",
            "meetings/note",
            *(f"meetings/{meeting}{page}" for page in PAGES),
        ):
            assert "<sealed-form" not in mentor.sees(page), page
        assert chapter.due([mentor.member], clock.now()) == []


def test_what_nobody_spoke_of_before_the_end_did_not_fall_to_it(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    meeting = first_meeting(mentor).id
    with clock.at(START + timedelta(days=1)):
        mentee.writes("membership.left")
        assert "Nobody said whether it was held." in mentor.sees(f"meetings/{meeting}")
        assert ">nobody said</span>" in mentor.sees("meetings/")


def test_strangers_and_unknown_meetings_get_the_same_404(pair: tuple[Actor, Actor]) -> None:
    stranger, meeting = somebody("Cato"), first_meeting(pair[0]).id
    for page in ("meetings/", "meetings/propose", "meetings/limits", *(f"meetings/{meeting}{page}" for page in PAGES)):
        assert stranger.client.get(f"{pair[0].path}{page}").status_code == 404
    for page in PAGES:
        assert pair[0].client.get(f"{pair[0].path}meetings/{uuid4()}{page}").status_code == 404


def _add_history(actor: Actor, count: int) -> None:
    """Meetings every day up to two weeks before the first one, held, each with points that were settled."""
    days = [START - timedelta(days=14 + day) for day in range(count)]
    meetings = Meeting.objects.bulk_create(
        Meeting(id=uuid4(), partnership_id=actor.partnership, state="held", start_at=day,
                end_at=day + timedelta(hours=1), place="video", touched=True)
        for day in days
    )  # fmt: skip
    AgendaPoint.objects.bulk_create(
        AgendaPoint(id=uuid4(), partnership_id=actor.partnership, meeting=meeting, added_to=meeting.id, by=actor.member,
                    at=meeting.start_at, settled_at=datetime(2026, 1, 1, tzinfo=UTC))
        for meeting in meetings
    )  # fmt: skip


def test_a_line_that_stayed_alone_is_not_said_to_be_shown_later(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    page = f"meetings/{first_meeting(mentor).id}"
    with clock.at(START - timedelta(hours=1)):
        mentor.writes("meetings.arrived", {}, {"line": "here"}, subject=first_meeting(mentor).id)
        assert "It is shown to both of you when the other line is there." in mentor.sees(page)
    with clock.at(START + timedelta(hours=2)):
        assert "The other line did not come, so only you see yours." in mentor.sees(page)
        assert "when the other line is there" not in mentor.sees(page)
        assert "<h2>Arriving</h2>" not in mentee.sees(page)


def test_earlier_ones_begin_where_they_stand_and_not_at_the_top_of_the_page(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    with clock.at(START):
        for hours in range(1, 25):
            data = {"at": (START - timedelta(hours=hours)).isoformat(), "minutes": 30, "place": "phone"}
            mentor.writes("meetings.noted", data)
        page = mentor.sees("meetings/")
        earlier = re.search(r'href="(\?before=[^"]+#past)"', page)
        assert earlier
        assert 'id="past"' in mentor.sees(f"meetings/{earlier[1]}")


def test_who_arrived_before_a_move_is_not_told_that_the_other_did_not_come(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    agree(*pair, notice_hours=0)
    meeting = first_meeting(mentor).id
    with clock.at(START - timedelta(hours=23)):
        mentor.writes("meetings.arrived", {}, {"line": "glad"}, subject=meeting)
        mentor.writes("meetings.moved", {"to": (START + timedelta(days=3)).isoformat()}, subject=meeting)
        assert "It is shown to both of you when the other line is there." in mentor.sees(f"meetings/{meeting}")


def test_a_meeting_that_was_called_off_is_not_said_to_await_a_looking_back(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    meeting = first_meeting(mentor).id
    assert "You can look back once one of you has said that you met." in mentor.sees(f"meetings/{meeting}/afterwards")
    mentor.writes("meetings.cancelled", {}, subject=meeting)
    assert "This meeting was not held." in mentor.sees(f"meetings/{meeting}/afterwards")


def test_before_anything_is_agreed_nothing_is_told_as_agreed() -> None:
    with clock.at(START - timedelta(days=2)):
        mentor, mentee = partnership()
        extra = {"times": [(START - timedelta(days=1)).isoformat()], "minutes": 30, "place": "phone"}
        meeting = mentor.writes("meetings.proposed", extra)
        mentee.writes("meetings.accepted", {"time": extra["times"][0]}, subject=meeting)
        assert "limits" not in mentor.sees("meetings/propose").partition("<main")[2].partition("<sealed-form")[0]
    with clock.at(START - timedelta(hours=30)):
        assert "What you agreed" not in mentor.sees(f"meetings/{meeting}")
        mentor.writes("meetings.moved", {"to": START.isoformat()}, subject=meeting)


def test_after_the_end_a_rhythm_is_said_to_have_run_until_then_and_no_longer(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    with clock.at(START + timedelta(days=1)):
        mentee.writes("membership.left")
    with clock.at(START + timedelta(days=300)):
        mentor.client.force_login(mentor.person)
        assert "until 9 February" not in mentor.sees("meetings/").partition("<main")[2].partition("<section")[0]
