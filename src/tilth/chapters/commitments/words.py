"""How commitments are told, on the timeline and in their own story: what follows the actor's name."""

from collections.abc import Sequence
from datetime import date, datetime

from tilth.chapters.commitments.models import Deed
from tilth.chapters.commitments.queries import WISHES, in_place
from tilth.design.dates import calendar_day
from tilth.ledger.kinds import Telling
from tilth.partnerships.models import Member
from tilth.protocol import clock


def made(telling: Telling) -> str:
    of_author = telling.data.owner is None
    day = _on(telling.data.due, telling.viewer, mine=telling.by_me == of_author, at=telling.at)
    if of_author:
        return f"made a commitment, due {day}"
    return f"asked {_whom(telling)} for a commitment, by {day}"


def taken_on(telling: Telling) -> str:
    due = telling.data.due
    return f"took on a commitment, due {_day(telling, due)}" if due else "took on a commitment"


def declined(_: Telling) -> str:
    return "said no to an ask"


def kept(_: Telling) -> str:
    return "kept a commitment"


def renegotiated(telling: Telling) -> str:
    return f"moved a commitment in time, to {_day(telling, telling.data.due)}"


def answered(telling: Telling) -> str:
    if telling.data.agrees:
        return "agreed to a new day"
    return ANSWERS.get(telling.data.answers, "answered about a commitment")


def release_asked(_: Telling) -> str:
    return "asked to be released from a commitment"


def released(telling: Telling) -> str:
    return f"released {_whom(telling)} from a commitment"


def owned(telling: Telling) -> str:
    if telling.data.then == "move":
        return f"said what happened, and moved a commitment to {_day(telling, telling.data.due)}"
    return "said what happened, and let a commitment go" if telling.data.then == "let go" else "said what happened"


def as_story(deeds: Sequence[Deed], viewer: Member) -> list[tuple[Deed, str]]:
    """The deeds on the page of their commitment, in order, each with what follows the actor's name."""
    wish, told = "", []
    for deed in deeds:
        told.append((deed, in_story(deed, viewer, wish=wish)))
        wish = deed.name if deed.name in WISHES else wish
    return told


def in_story(deed: Deed, viewer: Member, *, wish: str) -> str:
    """A deed on the page of its commitment, where it needs no naming; `wish` is the owner's before it, if any."""
    day = _on(deed.due, viewer, mine=deed.author_id == viewer.id, at=deed.at) if deed.due else ""
    match deed.name, deed.then:
        case "taken_on", _:
            return f"said yes, for {day}" if day else "said yes"
        case "renegotiated", _:
            return f"moved it to {day}"
        case "answered", _:
            if deed.agrees:
                return "agreed"
            return "said that it makes it hard" if wish == "renegotiated" else "answered"
        case "owned", "move":
            return f"said what happened, and moved it to {day}"
        case "owned", "let go":
            return "said what happened, and let it go"
    return PLAIN[deed.name]


ANSWERS = {"move": "said that a new day makes it hard", "release": "answered a wish to be released"}
PLAIN = {
    "declined": "said no",
    "kept": "kept it",
    "release_asked": "asked to be released",
    "released": "let the promise go",
    "taken_back": "took the ask back",
    "owned": "said what happened",
}


def _whom(telling: Telling) -> str:
    return telling.other_name if telling.by_me else "you"


def _day(telling: Telling, day: date) -> str:
    """The day for the one who did it, whose commitment it is."""
    return _on(day, telling.viewer, mine=telling.by_me, at=telling.at)


def _on(day: date, viewer: Member, *, mine: bool, at: datetime) -> str:
    """The day's date; with its place where the owner's calendar showed another than the viewer's when it was said."""
    words, other = calendar_day(day, clock.now().astimezone(viewer.now_zone).date()), viewer.other
    if mine or other is None or at.astimezone(other.now_zone).date() == at.astimezone(viewer.now_zone).date():
        return words
    return in_place(words, other)
