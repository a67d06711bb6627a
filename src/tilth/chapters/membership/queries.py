"""What the pages of a partnership's life show."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tilth.ledger.models import Entry
from tilth.partnerships.models import Decline, Invitation, Member


def open_invitations(members: Sequence[Member]) -> dict[UUID, Invitation]:
    """The newest invitation nobody has answered with yes or taken back, by partnership."""
    invitations = Invitation.objects.filter(
        partnership__in=[member.partnership_id for member in members], accepted_at=None, withdrawn_at=None
    )
    return {invitation.partnership_id: invitation for invitation in invitations.order_by("id")}


def spent_invitations(member: Member, at: datetime) -> list[UUID]:
    """The newest of their own that can no longer be accepted."""
    declined = Exists(Decline.objects.filter(invitation=OuterRef("id")))
    over = Q(accepted_at__isnull=False) | Q(withdrawn_at__isnull=False) | Q(expires_at__lte=at) | declined
    mine = Invitation.objects.filter(partnership=member.partnership_id, by=member)
    return list(mine.filter(over).order_by("-id").values_list("id", flat=True)[:10])


def opening(member: Member) -> UUID:
    """The first entry of the partnership."""
    return Entry.objects.values_list("id", flat=True).get(partnership_id=member.partnership_id, seq=1)
