"""The time together, month by month, as the picture of rings needs it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from tilth.ledger.models import Month
from tilth.partnerships.models import Member

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class RingMonth:
    """What one month held: counts by sort of ring, empty for a month in which nothing was written."""

    first_day: date
    counts: dict[str, int] = field(default_factory=dict)


def months_together(member: Member, today: date) -> list[RingMonth]:
    """The months since the partnership opened, at most the last twelve, oldest first."""
    first = max(_month(member.partnership.opened_at.date()), _back(_month(today), MONTHS - 1))
    found: dict[date, dict[str, int]] = defaultdict(dict)
    rows = Month.objects.filter(partnership_id=member.partnership_id, first_day__gte=first)
    for day, ring, count in rows.values_list("first_day", "ring", "count"):
        found[day][ring] = count
    months = []
    while first <= today:
        months.append(RingMonth(first_day=first, counts=found[first]))
        first = _back(first, -1)
    return months


def _month(day: date) -> date:
    return day.replace(day=1)


def _back(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)
