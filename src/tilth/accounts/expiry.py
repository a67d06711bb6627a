"""What has run out is deleted, a few indexed deletes at a time; the worker's sweep calls this."""

from datetime import datetime

from tilth.accounts.models import Limit, Link, PendingCode, Session


def forget_expired(at: datetime) -> int:
    """Deletes sessions, codes, links and counts that ended before `at`; how many there were."""
    gone = (
        Session.objects.filter(expire_date__lt=at),
        PendingCode.objects.filter(expires_at__lt=at),
        Link.objects.filter(expires_at__lt=at),
        Limit.objects.filter(until__lt=at),
    )
    return sum(rows.delete()[0] for rows in gone)
