"""The kinds of a partnership's own life."""

from collections.abc import Callable

from tilth.accounts.writing import locked
from tilth.chapters.membership import data, rules, seats, words
from tilth.ledger.kinds import Act, Kind, NoData, Notice, says
from tilth.partnerships.invitations import open_invitations
from tilth.partnerships.models import Invitation, Member, Pause


def _open(act: Act) -> None:
    act.member.joining, act.member.announced = act.entry, act.card
    act.member.save(force_insert=True)


def _invite(act: Act) -> None:
    Invitation.objects.create(
        id=act.entry, partnership_id=act.partnership_id, by=act.member, role=act.data.role,
        by_mail=act.data.by == "mail", expires_at=act.data.expires,
    )  # fmt: skip


def _take_back(act: Act) -> None:
    Invitation.objects.filter(id=act.about).update(withdrawn_at=act.at)


def _join(act: Act) -> None:
    invitation = locked(Invitation.objects.all()).get(id=act.data.invitation)
    seats.must_be_open(invitation, act.at)  # still, once a "no" at the same moment is either there or waits for us
    act.member.joining, act.member.announced = act.entry, act.card
    act.member.accepted = act.data.invitation
    act.member.save(force_insert=True)
    Invitation.objects.filter(id=act.data.invitation).update(accepted_at=act.at)


def _hope(act: Act) -> None:
    Member.objects.filter(id=act.member.id).update(hope=act.entry)


def _pause(act: Act) -> None:
    Pause.objects.create(partnership_id=act.partnership_id, by=act.member, from_at=act.at, back_on=act.data.back_on)


def _resume(act: Act) -> None:
    Pause.objects.filter(partnership_id=act.partnership_id, until_at=None).update(until_at=act.at)


def _leave(act: Act) -> None:
    """The partnership ends: so does a pause, and nobody can join any more."""
    Member.objects.filter(id=act.member.id).update(left_at=act.at)
    Pause.objects.filter(partnership_id=act.partnership_id, until_at=None).update(until_at=act.at)
    open_invitations(act.partnership_id).update(withdrawn_at=act.at)
    act.partnership.ended_at = act.at
    act.partnership.save(update_fields=["ended_at"])


def _rekey(act: Act) -> None:
    Member.objects.filter(id=act.member.id).update(announced=act.card)


def _tell(text: str, *, page: str = "membership/") -> Callable[[Act], Notice]:
    def notify(act: Act) -> Notice:
        return Notice(to=act.member.others, words=text, url=f"/p/{act.partnership_id}/{page}")

    return notify


KINDS = (
    Kind(
        name="membership.opened", data=data.Opened, sealed=(), seat=seats.founders_seat,
        rule=rules.may_open, apply=_open, words=words.opened, erasure="keeps",
    ),
    Kind(
        name="membership.invited", data=data.Invited, sealed=(),
        rule=rules.may_invite, apply=_invite, words=words.invited, erasure="keeps",
    ),
    Kind(
        name="membership.uninvited", data=NoData, sealed=(),
        rule=rules.may_take_back, apply=_take_back, words=says("took the invitation back"), erasure="keeps",
    ),
    Kind(
        name="membership.joined", data=data.Joined, sealed=(), seat=seats.invited_seat,
        rule=rules.may_join, apply=_join, words=says("joined"), erasure="keeps",
        notify=_tell("accepted your invitation", page=""),
    ),
    Kind(
        name="membership.hoped", data=NoData, sealed=("words",), reveal="together",
        rule=rules.may_hope, apply=_hope, words=words.hoped, erasure="keeps", ring="message",
        notify=_tell("wrote what they hope for", page="membership/hope"),
    ),
    Kind(
        name="membership.paused", data=data.Paused, sealed=("words",),
        rule=rules.may_pause, apply=_pause, words=says("asked for a pause"), erasure="keeps",
        notify=_tell("asked for a pause; nothing is expected of either of you until it ends"),
    ),
    Kind(
        name="membership.resumed", data=NoData, sealed=("words",),
        rule=rules.may_resume, apply=_resume, words=says("ended the pause"), erasure="keeps", notify=_tell("is back"),
    ),
    Kind(
        name="membership.left", data=NoData, sealed=("words",), after_end=True,
        rule=rules.may_leave, apply=_leave, words=says("left the partnership"), erasure="keeps",
        notify=_tell("left the partnership"),
    ),
    Kind(
        name="membership.rekeyed", data=data.Rekeyed, sealed=(),
        rule=rules.may_rekey, apply=_rekey, words=says("made new keys"), erasure="keeps",
        notify=_tell("has new keys; this page says whether to compare codes before you go on"),
    ),
)  # fmt: skip
