"""What the two agreed, as far as the product acts on it."""

from __future__ import annotations

from typing import Any

from tilth.demo.stage import MON, THU, TUE
from tilth.demo.voice import Pair


def asked_for(pair: Pair) -> dict[str, Any]:
    """Juniper's first proposal: every week, and answers within a day."""
    return _terms(
        pair, window_hours=8, notice_hours=48,
        rhythm={"rrule": "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", "time": "18:30", "minutes": 60, "place": "video"},
        start=(1, TUE),
    )  # fmt: skip


def agreed(pair: Pair) -> dict[str, Any]:
    """What Rowan wrote back, and both signed."""
    return _terms(
        pair, window_hours=16, notice_hours=24,
        rhythm={"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "time": "16:00", "minutes": 60, "place": "video"},
        start=(2, TUE),
    )  # fmt: skip


def amended(pair: Pair) -> dict[str, Any]:
    """From the fourth month on: Thursdays, and shorter."""
    return _terms(
        pair, window_hours=16, notice_hours=24,
        rhythm={"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "time": "15:00", "minutes": 45, "place": "video"},
        start=(17, THU),
    )  # fmt: skip


def _terms(
    pair: Pair, *, rhythm: dict[str, Any], start: tuple[int, int], window_hours: int, notice_hours: int
) -> dict[str, Any]:
    ends = pair.stage.day(53, MON).isoformat()
    first = pair.stage.day(*start).isoformat()
    return {
        "rhythm": {**rhythm, "start": first, "ends": ends, "zone": pair.mentee.actor.person.zone},
        "window_hours": window_hours,
        "notice_hours": notice_hours,
        "schedules": "either",
        "members": {
            pair.mentor.person: {
                "zone": pair.mentor.actor.person.zone, "days": [0, 1, 2, 3, 4],
                "available_from": "07:30", "available_to": "16:30", "quiet_from": "20:30", "quiet_to": "06:30",
                "monthly_hours": 4, "capacity": 2,
            },
            pair.mentee.person: {
                "zone": pair.mentee.actor.person.zone, "days": [0, 1, 2, 3, 4],
                "available_from": "09:00", "available_to": "17:30", "quiet_from": "19:00", "quiet_to": "08:00",
                "monthly_hours": 5,
            },
        },
        "digest_hours": 48,
        "begins": pair.stage.day(1, MON).isoformat(),
        "ends": ends,
    }  # fmt: skip
