"""Counts by month, so that the picture of the time together costs the same however long it lasted."""

from datetime import datetime

from django.db.models import F

from tilth.accounts.writing import insert
from tilth.ledger.models import Month
from tilth.partnerships.models import Partnership

_ONE_MORE = "ON CONFLICT (partnership_id, first_day, ring) DO UPDATE SET count = ledger_month.count + 1"


def count_in_month(partnership: Partnership, ring: str, at: datetime) -> None:
    """One more of `ring` in the month of `at` (UTC)."""
    first_day = at.date().replace(day=1)
    insert(Month, clash=_ONE_MORE, partnership_id=partnership.id, first_day=first_day, ring=ring, count=1)


def take_from_month(partnership: Partnership, ring: str, at: datetime) -> None:
    """One less of `ring` in the month of `at`: what was counted there turned out not to be so."""
    months = Month.objects.filter(partnership=partnership, first_day=at.date().replace(day=1), ring=ring)
    months.update(count=F("count") - 1)
    months.filter(count=0).delete()
