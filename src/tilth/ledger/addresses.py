"""What an address asks for, read leniently: what cannot be read is the same as nothing."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

Place = tuple[datetime, UUID]
"""A place in a list ordered by time."""


def uuid_in(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def day_in(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if _is_near(day) else None


def moment_in(text: str | None, zone: ZoneInfo | None = None) -> datetime | None:
    """A moment with its offset; `zone` is that of a wall-clock time without one. One that clocks skip moves forward."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    if not _is_near(moment):  # at the ends of the calendar no moment can be moved to another zone
        return None
    if moment.tzinfo:
        return moment
    return moment.replace(tzinfo=zone).astimezone(UTC) if zone else None


def place_in(text: str | None) -> Place | None:
    when, _, last = (text or "").partition("_")
    at, row = moment_in(when), uuid_in(last)
    return (at, row) if at and row else None


def in_address(at: datetime, row: UUID) -> str:
    """The place of a row, for `place_in` to read."""
    return f"{at.isoformat()}_{row}"


def _is_near(day: date) -> bool:
    """Beyond these years calendars and clocks end, and so does reckoning with them."""
    return 2000 <= day.year < 2200
