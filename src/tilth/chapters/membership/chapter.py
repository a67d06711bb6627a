"""The partnership's own life, as the house sees it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tilth.chapters.membership import queries
from tilth.chapters.membership.entries import KINDS
from tilth.design.wording import begun
from tilth.ledger.chapter import Chapter, Due, Named, Step
from tilth.partnerships.invitations import why_gone
from tilth.partnerships.models import Invitation, Member, Pause

NEW = timedelta(days=14)  # so long the line of hope is the first small thing of all


def _url(member: Member, page: str) -> str:
    return f"/p/{member.partnership_id}/membership/{page}"


def due(members: Sequence[Member], at: datetime) -> list[Due]:  # noqa: ARG001  (the shape of every due)
    """A hope that one has written and the other has not."""
    return [one for one in map(_awaited_hope, members) if one]


def _awaited_hope(member: Member) -> Due | None:
    other = member.other
    if other is None or member.partnership.ended_at or bool(member.hope) == bool(other.hope):
        return None
    mine = member.hope is None
    text = "One line about what you hope for" if mine else "One line about what they hope for"
    return Due(member=member, on="me" if mine else "other", text=text, url=_url(member, "hope"))


def steps(member: Member, at: datetime) -> list[Step]:
    """To invite, to share the link, and then the first small thing: a line each."""
    if member.partnership.ended_at:
        return []
    if member.other is None:
        return [_invite_step(member, at)]
    if member.hope:
        return []
    return [
        Step(
            key="hope",
            weight=90 if at - max(member.joined_at, member.other.joined_at) < NEW else 58,
            title="Write one line: what do you hope for here?",
            why=f"{begun(member.other.called)} writes one too. You both see them when both are there.",
            action="Write my line",
            url=_url(member, "hope"),
        )
    ]


def _invite_step(member: Member, at: datetime) -> Step:
    invitation = queries.open_invitation(member)
    gone = why_gone(invitation, at) if invitation else None
    title, why, action = _reaching_them(invitation) if invitation and not gone else _inviting(gone)
    return Step(key="invite", weight=100, title=title, why=why, action=action, url=_url(member, "invite"))


def _inviting(gone: str | None) -> tuple[str, str, str]:
    """For the first time, or again after what became of the last one."""
    last = {"declined": "Your last invitation was declined. ", "expired": "Your last invitation has expired. "}
    why = last.get(gone or "", "A partnership takes two. ") + "The link works once, for one person."
    return "Invite the other person.", why, "Make an invitation"


def _reaching_them(invitation: Invitation) -> tuple[str, str, str]:
    """What is known of an open invitation's way: a mailed one was sent or not, of a link only its maker knows."""
    if invitation.is_mailed:
        return "Your invitation was sent by e-mail.", "You can send it again or take it back.", "See it"
    if invitation.by_mail:
        return "Your invitation has not been sent yet.", "It still wants the address to go to.", "Send it"
    return (
        "Hand your invitation over.",
        "Only you have the link. If they have it too, it is their turn.",
        "See the link",
    )


def whereabouts(entry: Named) -> str | None:
    """The two lines of hope stand side by side; whatever else is written here stands only where it is told."""
    return "membership/hope" if entry.kind == "membership.hoped" else None


chapter = Chapter(
    slug="membership",
    title="The two of you",
    icon="key-round",
    place=90,
    practices=("F3", "B4", "Z2"),
    kinds=KINDS,
    models=(Member, Invitation, Pause),
    due=due,
    steps=steps,
    whereabouts=whereabouts,
)
