"""What a rhythm brings, before it is signed: its first dates on both clocks, and what it runs against."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.cast import Actor
from tests.chapters.agreement.drafts import proposes, terms
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


TUESDAYS = {
    "rrule": "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", "start": "2026-10-06", "time": "17:00", "zone": "Europe/Madrid",
    "ends": "2026-12-01", "minutes": 60, "place": "video",
}  # fmt: skip
LAGOS = {"zone": "Africa/Lagos"}


def preview(actor: Actor, rhythm: dict[str, Any], **sides: Any) -> str:
    """What the draft shows of a rhythm at the beginning of October, without its tags."""
    asked = {name: json.dumps(value) for name, value in {"rhythm": rhythm, **sides}.items()}
    with clock.at(datetime(2026, 10, 1, tzinfo=UTC)):
        answer = actor.client.get(f"{actor.path}agreement/dates", asked)
    return " ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).split())


def test_the_preview_shows_both_clocks_over_their_change(pair: tuple[Actor, Actor]) -> None:
    _, mentee = pair
    seen = preview(mentee, TUESDAYS, mine=LAGOS, theirs={"zone": "Europe/Madrid"})
    assert "Tuesday 6 October 2026, 16:00, 17:00 for Amara" in seen
    assert "Tuesday 27 October 2026, 17:00 the clocks have changed" in seen


def test_a_rhythm_that_crosses_a_limit_says_so_and_forbids_nothing(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    theirs = {"zone": "Europe/Lisbon", "days": [0, 2, 3], "monthly_hours": 3}
    seen = preview(mentor, TUESDAYS, mine={"zone": "Africa/Lagos", "available_to": "17:00"}, theirs=theirs)
    assert "Tuesday isn’t one of Yusuf’s working days." in seen
    assert "With this, the fullest month comes to 4 hours; Yusuf has 3 hours for it." in seen
    some = "You are free from 09:00 to 17:00, Lagos time. This concerns 6 of 9 meetings, the first on 27 October."
    assert seen.endswith(f"{some} You can still agree on it.")
    assert "You can still" not in preview(mentor, TUESDAYS, mine=LAGOS, theirs=LAGOS)


def test_who_reads_a_proposal_sees_its_first_dates_on_their_own_clock_and_what_it_crosses(
    pair: tuple[Actor, Actor],
) -> None:
    mentor, mentee = pair
    with clock.at(datetime(2026, 10, 1, tzinfo=UTC)):
        members = terms(mentor, mentee)["members"]
        members[str(mentee.person.id)]["days"] = [0]
        late = proposes(mentor, mentee, rhythm={**TUESDAYS, "time": "00:30"}, members=members)
        page = mentee.sees(f"agreement/{late}/")
    assert "Monday 5 October 2026, 23:30" in page
    assert "Your quiet hours are from 20:00 to 08:00, Lisbon time." in page
    assert "Monday, 23:30" in page
    assert "one of your working days" not in page


def test_a_rhythm_that_cannot_be_has_a_sentence_instead_of_dates(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    assert preview(mentor, {**TUESDAYS, "rrule": "FREQ=YEARLY"}) == "A rhythm recurs by days, weeks or months."
