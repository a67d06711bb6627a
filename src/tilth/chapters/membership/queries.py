"""What the pages of a partnership's life show."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tilth.ledger.models import Entry
from tilth.partnerships.invitations import open_invitations
from tilth.partnerships.models import Decline, Invitation, Member


def open_invitation(member: Member) -> Invitation | None:
    """The newest invitation that nobody has accepted and nobody has taken back."""
    return open_invitations(member.partnership_id).order_by("id").last()


def spent_invitations(member: Member, at: datetime) -> list[UUID]:
    """The newest of their own that can no longer be accepted."""
    declined = Exists(Decline.objects.filter(invitation=OuterRef("id")))
    over = Q(accepted_at__isnull=False) | Q(withdrawn_at__isnull=False) | Q(expires_at__lte=at) | declined
    mine = Invitation.objects.filter(partnership=member.partnership_id, by=member)
    return list(mine.filter(over).order_by("-id").values_list("id", flat=True)[:10])


def opening(member: Member) -> UUID:
    """The first entry of the partnership."""
    return Entry.objects.values_list("id", flat=True).get(partnership_id=member.partnership_id, seq=1)
