"""Counts by month, so that the picture of the time together costs the same however long it lasted."""

from datetime import datetime

from django.db.models import F

from tilth.ledger.models import Month
from tilth.partnerships.models import Partnership


def count_in_month(partnership: Partnership, ring: str, at: datetime) -> None:
    """One more of `ring` in the month of `at` (UTC)."""
    place = {"partnership": partnership, "first_day": at.date().replace(day=1), "ring": ring}
    if not Month.objects.filter(**place).update(count=F("count") + 1):
        Month.objects.create(**place, count=1)


def take_from_month(partnership: Partnership, ring: str, at: datetime) -> None:
    """One less of `ring` in the month of `at`: what was counted there turned out not to be so."""
    months = Month.objects.filter(partnership=partnership, first_day=at.date().replace(day=1), ring=ring)
    months.update(count=F("count") - 1)
    months.filter(count=0).delete()
