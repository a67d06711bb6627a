"""How somebody comes to have a seat: by opening a partnership, or by an invitation to one."""

from datetime import datetime
from uuid import UUID

from tilth.accounts.refused import Refused
from tilth.ledger.kinds import Claim
from tilth.partnerships.invitations import GONE, why_gone
from tilth.partnerships.models import Invitation, Member


def founders_seat(claim: Claim) -> Member:
    """The seat of whoever opens a partnership that does not exist yet; only its first entry may claim it."""
    if claim.partnership.head_seq and not _is_first(claim):
        raise Refused("not_found", "There is no such partnership, or you are not in it.", status=404)
    return _seat(claim, role=str(claim.data.get("role", "peer")))


def _is_first(claim: Claim) -> bool:
    """A rebuild sets out before anybody has a seat again."""
    return not claim.partnership.members.exists() and claim.at == claim.partnership.opened_at


def invited_seat(claim: Claim) -> Member:
    """The seat that an open invitation offers. One who sits here already needs none."""
    invitation = _invitation(claim)
    if invitation is None:
        raise Refused("not_found", "There is no such invitation.", status=404)
    must_be_open(invitation, claim.at)
    if invitation.by.person_id == claim.person.id:
        raise Refused("own_invitation", "This invitation is yours to give. The other person opens it.")
    return _seat(claim, role=invitation.role)


def _invitation(claim: Claim) -> Invitation | None:
    try:
        wanted = UUID(str(claim.data.get("invitation")))
    except ValueError:
        return None
    return Invitation.objects.select_related("by").filter(id=wanted, partnership=claim.partnership).first()


def must_be_open(invitation: Invitation, at: datetime) -> None:
    if why := why_gone(invitation, at):
        raise Refused(f"invitation_{why}", GONE[why], status=409)


def _seat(claim: Claim, *, role: str) -> Member:
    partnership, person = claim.partnership, claim.person
    seat_id = Member.id_for(partnership.id, person.id)
    return Member(id=seat_id, partnership=partnership, person=person, role=role, joined_at=claim.at)
