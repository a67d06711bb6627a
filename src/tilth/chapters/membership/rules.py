"""Who may do what in a partnership's life, and when."""

from datetime import timedelta

from tilth.accounts.cards import card_read
from tilth.accounts.refused import Refused
from tilth.chapters.membership.data import OPPOSITE
from tilth.ledger.kinds import Act
from tilth.ledger.models import Entry
from tilth.partnerships.models import Invitation, Pause

LONGEST_INVITATION = timedelta(days=60)


def may_open(act: Act) -> None:
    if act.partnership.head_seq:
        raise Refused("already_open", "This partnership is open already.", status=409)


def may_invite(act: Act) -> None:
    if act.member.others:
        raise Refused("no_seat_left", "You are two already.")
    if act.data.role != OPPOSITE[act.member.role]:
        raise Refused("wrong_role", "A mentor invites a mentee, a mentee a mentor, a peer a peer.", field="data.role")
    if not act.at < act.data.expires <= act.at + LONGEST_INVITATION:
        raise Refused("bad_expiry", "An invitation lasts at most sixty days.", field="data.expires")


def may_take_back(act: Act) -> None:
    invitations = Invitation.objects.filter(partnership_id=act.partnership_id, id=act.about)
    if not invitations.filter(accepted_at=None, withdrawn_at=None).exists():
        raise Refused("no_open_invitation", "There is no open invitation to take back.", status=409)


def may_join(act: Act) -> None:
    if len(act.member.here) >= 2:
        raise Refused("no_seat_left", "This partnership is complete.", status=409)


def may_hope(act: Act) -> None:
    if not _is_first_entry(act):
        raise Refused("wrong_subject", "This belongs to the opening of the partnership.", status=400)
    if act.member.hope is not None:
        raise Refused("already_said", "You have written yours already.", status=409)
    if not act.sealed:
        raise Refused("empty", "Write a line first.", field="sealed.words")


def may_pause(act: Act) -> None:
    if open_pause(act):
        raise Refused("already_paused", "You are in a pause already.", status=409)
    if act.data.back_on and act.data.back_on <= act.at.astimezone(act.member.now_zone).date():
        raise Refused("back_in_the_past", "The day you hope to be back lies ahead.", field="data.back_on")


def may_resume(act: Act) -> None:
    pause = open_pause(act)
    if pause is None:
        raise Refused("not_paused", "There is no pause to end.", status=409)
    if pause.by_id != act.member.id:
        raise Refused("not_your_pause", "The pause ends when the one who asked for it is back.")


def may_leave(act: Act) -> None:
    """Always, at once, and without a reason."""


def may_rekey(act: Act) -> None:
    if act.subject is not None:
        raise Refused("wrong_subject", "New keys concern the whole partnership.", status=400)
    if card_read(act.card).previous != act.data.previous:
        raise Refused("wrong_previous", "Your keys do not replace the ones named here.", field="data.previous")
    if act.card == act.member.announced:
        raise Refused("already_announced", "The other person has been told of these keys already.", status=409)


def open_pause(act: Act) -> Pause | None:
    return Pause.objects.filter(partnership_id=act.partnership_id, until_at=None).first()


def _is_first_entry(act: Act) -> bool:
    return Entry.objects.filter(partnership_id=act.partnership_id, id=act.about, seq=1).exists()
