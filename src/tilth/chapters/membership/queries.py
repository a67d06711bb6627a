"""What the pages of a partnership's life show."""

from collections.abc import Sequence
from uuid import UUID

from tilth.ledger.models import Entry
from tilth.partnerships.models import Invitation, Member


def open_invitations(members: Sequence[Member]) -> dict[UUID, Invitation]:
    """The newest invitation nobody has answered with yes or taken back, by partnership."""
    invitations = Invitation.objects.filter(
        partnership__in=[member.partnership_id for member in members], accepted_at=None, withdrawn_at=None
    )
    return {invitation.partnership_id: invitation for invitation in invitations.order_by("id")}


def opening(member: Member) -> UUID:
    """The first entry of the partnership."""
    return Entry.objects.values_list("id", flat=True).get(partnership_id=member.partnership_id, seq=1)
