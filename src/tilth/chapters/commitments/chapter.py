"""What commitments tell the floors above: what waits on whom, and which small step they suggest."""

from collections.abc import Sequence
from datetime import datetime

from tilth.chapters.commitments.entries import KINDS
from tilth.chapters.commitments.lifecycle import Awaits
from tilth.chapters.commitments.models import Commitment, Deed
from tilth.chapters.commitments.queries import Shown, open_commitments
from tilth.design.dates import near_day
from tilth.design.wording import begun
from tilth.ledger.chapter import Chapter, Due, Named, Step
from tilth.partnerships.models import Member

SOON = 2  # days


def due(members: Sequence[Member], at: datetime) -> list[Due]:
    """Every open commitment waits on its owner; an ask on the one asked; a wish to be released on the other."""
    return [
        line
        for shown in open_commitments([member for member in members if not member.partnership.ended_at], at)
        for line in _lines(shown)
    ]


def _lines(shown: Shown) -> list[Due]:
    url = url_of(shown)
    title = shown.row.line
    if shown.row.awaits == Awaits.RELEASE:
        on_me = not shown.mine
        text = "Release, or answer" if on_me else "Asked to be released from"
        plain = "Somebody asks to be released" if on_me else "You asked to be released"
        return [Due(member=shown.member, on="me" if on_me else "other", text=text, plain=plain, url=url, title=title)]
    plain = ""
    if shown.is_ask:
        text = "Say yes or no to" if shown.mine else "Yes or no to"
        plain = "Say yes or no to something asked of you" if shown.mine else "Yes or no to what you asked"
    elif shown.mine and shown.hard_for_other:
        text = f"{_other_name(shown.member)} has trouble with the new day of"
        plain = "The other has trouble with a day you moved something to"
    else:
        text = "Your commitment:" if shown.mine else "Their commitment:"
    return [
        Due(
            member=shown.member, on="me" if shown.mine else "other", text=text, plain=plain, url=url, title=title,
            when=shown.ends_at, when_words=shown.when_words, late=shown.slipped,
        )
    ]  # fmt: skip


def steps(member: Member, at: datetime) -> list[Step]:
    """From what slipped, over what was asked, to what is due soon; and a first one where there is none."""
    if member.partnership.ended_at:
        return []
    rows = open_commitments([member], at)
    found = [step for shown in rows if (step := _step(shown))]
    if member.others and not any(shown.mine for shown in rows):
        found.append(_first_one(member))
    return found


def _step(shown: Shown) -> Step | None:
    url, line, key = url_of(shown), shown.row.line, f"commitments.{shown.row.id}.{shown.row.due}"
    other = _other_name(shown.member)
    if shown.row.awaits == Awaits.RELEASE and not shown.mine:
        return Step(
            key=f"{key}.release", weight=65, title=f"{other} asks to be released from", sealed=line, url=url,
            why="You can let it go, or say what would help instead. A line is enough.", action="Answer",
        )  # fmt: skip
    if not shown.mine or shown.rests:
        return None
    day, it_is = near_day(shown.deadline.day, shown.deadline.today), "It was" if shown.deadline.passed else "It is"
    days = (shown.deadline.day - shown.deadline.today).days
    if shown.is_ask:
        return Step(
            key=f"{key}.ask", weight=70 if days <= SOON else 61, title=f"{other} asks if you would", sealed=line,
            url=url, why=f"{it_is} for {day}. Yes, no, or another day: each is a good answer.", action="Say yes or no",
        )  # fmt: skip
    if shown.slipped:
        return Step(
            key=f"{key}.slipped", weight=80, title="This one slipped. Name it, move it, or let it go?", sealed=line,
            url=url, why=f"It was for {day}. A line about what happened is enough.", action="Look at it",
        )  # fmt: skip
    if shown.hard_for_other:
        return Step(
            key=f"{key}.hard", weight=66, title=f"{other} has trouble with the new day of", sealed=line, url=url,
            why="You can choose another day, ask to be released, or talk about it.", action="Look at it",
        )  # fmt: skip
    if shown.not_released:
        return Step(
            key=f"{key}.answer", weight=64, title=f"{other} answered your wish to be released from", sealed=line,
            url=url, why="It stays yours for now. See what would help instead.", action="Read the answer",
        )  # fmt: skip
    if 0 <= days <= SOON:
        return Step(
            key=f"{key}.soon", weight=60 if days else 72, title="Keep what you said you would do", sealed=line, url=url,
            why=f"It is for {day}. Should that not work, moving it in time is just as good.", action="Open it",
        )  # fmt: skip
    return None


def _first_one(member: Member) -> Step:
    return Step(
        key="commitments.first", weight=20, title="Say one small thing you will do, and by when",
        why="Trust grows from small things that are kept.", action="Write one line",
        url=f"/p/{member.partnership_id}/commitments/",
    )  # fmt: skip


def url_of(shown: Shown) -> str:
    return f"/p/{shown.row.partnership_id}/commitments/{shown.row.id}/"


def _other_name(member: Member) -> str:
    return begun(member.other.called) if member.other else "The other"


def whereabouts(entry: Named) -> str | None:
    """In the story of its commitment."""
    return f"commitments/{entry.about}/#e-{entry.entry}"


chapter = Chapter(
    slug="commitments",
    title="Commitments",
    icon="circle-check-big",
    place=40,
    practices=("C1",),
    kinds=KINDS,
    models=(Deed, Commitment),
    due=due,
    steps=steps,
    whereabouts=whereabouts,
)
