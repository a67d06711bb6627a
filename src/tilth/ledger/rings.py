"""The time together, as the picture of rings draws it."""

from datetime import date
from functools import lru_cache

from tilth.design.rings import Month as RingMonth
from tilth.design.rings import Picture, picture
from tilth.ledger.models import Month
from tilth.partnerships.models import Member


def time_together(member: Member, today: date) -> Picture:
    """The picture of all months since the partnership opened, with those that a pause half filled, or more."""
    partnership = member.partnership
    rows = Month.objects.filter(partnership_id=partnership.id).order_by("first_day", "ring")
    counts = tuple(rows.values_list("first_day", "ring", "count"))
    spans = tuple((one.from_at.date(), one.until_at.date() if one.until_at else today) for one in member.pauses)
    return _drawn(partnership.opened_at.date(), counts, spans, today)


@lru_cache(maxsize=512)
def _drawn(
    opened: date, counts: tuple[tuple[date, str, int], ...], pauses: tuple[tuple[date, date], ...], today: date
) -> Picture:
    """Drawing costs more than reading; the same months give the same picture all day."""
    months, first = [], opened.replace(day=1)
    while first <= today:
        after = _next(first)
        held = {ring: count for day, ring, count in counts if day == first}
        resting = sum(max((min(after, end) - max(first, start)).days, 0) for start, end in pauses)
        paused = 2 * resting >= (after - first).days
        months.append(RingMonth(first_day=first, counts=held, paused=paused))
        first = after
    return picture(months, today)


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
