"""What a member does not want to be shown for a while."""

from datetime import datetime

from tilth.partnerships.models import Member, PutOff


def put_off_now(member: Member, at: datetime) -> set[str]:
    """The keys of the steps that rest for this member; not asked where nothing was ever put off."""
    if member.put_off is None:  # as access.py loaded it: most members have put nothing off
        return set()
    return set(PutOff.objects.filter(member_id=member.id, until__gt=at).values_list("key", flat=True))
