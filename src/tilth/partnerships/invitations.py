"""Whether an invitation can still be accepted, and in which words it is said when not."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tilth.partnerships.models import Invitation

GONE = {
    "accepted": "This invitation has been accepted already.",
    "declined": "This invitation was declined.",
    "withdrawn": "This invitation was taken back.",
    "expired": "This invitation has expired. Ask for a new one.",
}


def open_invitations(partnership_id: UUID) -> QuerySet[Invitation]:
    """The invitations of a partnership that nobody has accepted and nobody has taken back."""
    invitations = Invitation.objects.select_related("by__person")
    return invitations.filter(partnership_id=partnership_id, accepted_at=None, withdrawn_at=None)


def is_open(invitation_id: UUID, at: datetime) -> bool:
    """Whether there is such an invitation and it can still be accepted."""
    invitation = Invitation.objects.filter(id=invitation_id).first()
    return invitation is not None and not why_gone(invitation, at)


def why_gone(invitation: Invitation, at: datetime) -> str | None:
    """Why an invitation can no longer be accepted; None while it can."""
    for state in ("accepted", "withdrawn"):
        if getattr(invitation, f"{state}_at") is not None:
            return state
    if invitation.is_declined:
        return "declined"
    return "expired" if at >= invitation.expires_at else None
