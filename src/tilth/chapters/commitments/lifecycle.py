"""What can happen to a commitment, and when: pure rules over where it stands.

    asked ──▶ open ──▶ kept
      │         ├────▶ released   (by the one it was promised to)
      │         └────▶ let go     (by its owner, once the day has passed)
      ├────▶ declined
      └────▶ taken back           (by the one who asked)

Moving it in time, answering, asking to be released and saying what happened leave it open.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tilth.accounts.refused import Refused

FURTHEST = timedelta(days=731)


class State(StrEnum):
    ASKED = "asked"
    OPEN = "open"
    KEPT = "kept"
    RELEASED = "released"
    LET_GO = "let go"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"


class Awaits(StrEnum):
    """What the other may answer; a move, only until its day has passed."""

    NOTHING = ""
    MOVE = "move"
    RELEASE = "release"


FINAL = frozenset({State.KEPT, State.RELEASED, State.LET_GO, State.DECLINED, State.TAKEN_BACK})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a commitment stands; `named` once its owner has said what happened with the day that stands now."""

    state: State
    due: date
    awaits: Awaits = Awaits.NOTHING
    named: bool = False


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Somebody does something about it. `passed` and `today` are as in the owner's zone."""

    name: str
    by_owner: bool
    passed: bool
    today: date
    due: date | None = None
    agrees: bool | None = None
    answers: str = ""
    then: str = ""
    words: bool = True


def check(standing: Standing, deed: Deed) -> None:
    """Raise Refused where the deed cannot be done now."""
    if standing.state in FINAL:
        raise Refused(f"already_{standing.state.replace(' ', '_')}", ENDED[standing.state])
    if standing.state is State.ASKED and deed.name not in BEFORE_YES:
        raise Refused("not_taken_on", "This is still an ask. It counts once it is taken on.")
    RULES[deed.name](standing, deed)


def turn(standing: Standing, deed: Deed) -> Standing:
    """Where it stands after a deed that was allowed. Never refuses: the ledger is replayed through it."""
    return TURNS[deed.name](standing, deed)


def check_day(day: date, today: date) -> None:
    """A day to be chosen lies between today and two years from now, in the owner's zone."""
    if day < today:
        raise Refused("day_gone", "That day has gone. Choose today or a later one.", field="data.due")
    if day > today + FURTHEST:
        raise Refused("day_too_far", "Choose a day within two years.", field="data.due")


def _owner_only(deed: Deed, sentence: str) -> None:
    if not deed.by_owner:
        raise Refused("not_yours", sentence)


def _other_only(deed: Deed, code: str, sentence: str) -> None:
    if deed.by_owner:
        raise Refused(code, sentence)


def _taken_on(standing: Standing, deed: Deed) -> None:
    _owner_only(deed, "Only the one who was asked can say yes.")
    if standing.state is not State.ASKED:
        raise Refused("already_taken_on", "This was taken on already.")
    if deed.due is not None:
        check_day(deed.due, deed.today)
    elif deed.passed:
        raise Refused("day_gone", "The day it was asked for has gone. Choose another.", field="data.due")


def _declined(standing: Standing, deed: Deed) -> None:
    _owner_only(deed, "Only the one who was asked can say no.")
    if standing.state is not State.ASKED:
        raise Refused("already_taken_on", "This was taken on already. You can ask to be released from it.")


def _kept(_: Standing, deed: Deed) -> None:
    _owner_only(deed, "Only the one who took it on can say that it is kept.")


def _renegotiated(_: Standing, deed: Deed) -> None:
    _owner_only(deed, "Only the one who took it on can move it.")
    if deed.passed:
        raise Refused("day_passed", "The day has passed. Say what happened, and then move it or let it go.")
    if not deed.words:
        raise Refused("words_missing", "Write the line as it is from now on.", field="sealed.words")
    assert deed.due is not None
    check_day(deed.due, deed.today)


def _answered(standing: Standing, deed: Deed) -> None:
    _other_only(deed, "not_yours_to_answer", "The answer is for the other one to give.")
    if standing.awaits is Awaits.NOTHING or (standing.awaits is Awaits.MOVE and deed.passed):
        raise Refused("nothing_to_answer", "There is nothing to answer here now.")
    if deed.answers and deed.answers != standing.awaits:
        raise Refused("answers_another", "They have asked for something else since. Look again at what they ask.")
    if standing.awaits is Awaits.RELEASE and deed.agrees:
        raise Refused("release_instead", "To agree, release them from it.")


def _release_asked(standing: Standing, deed: Deed) -> None:
    _owner_only(deed, "Only the one who took it on can ask to be released.")
    if standing.awaits is Awaits.RELEASE:
        raise Refused("already_asked", "You have asked for this already.")


def _released(_: Standing, deed: Deed) -> None:
    _other_only(deed, "not_yours_to_release", "Only the one it was promised to can release you. You can ask for it.")


def _taken_back(standing: Standing, deed: Deed) -> None:
    _other_only(deed, "not_yours_to_take_back", "Only the one who asked can take it back. You can say no.")
    if standing.state is not State.ASKED:
        raise Refused("already_taken_on", "This was taken on already. You can release them from it.")


def _owned(standing: Standing, deed: Deed) -> None:
    _owner_only(deed, "Only the one who took it on can say what happened.")
    if not deed.passed:
        raise Refused("day_not_passed", "The day is still to come. You can move it, or ask to be released.")
    if not deed.words:
        raise Refused("words_missing", "A line about what happened is enough.", field="sealed.words")
    if deed.then == "move":
        if deed.due is None:
            raise Refused("day_missing", "Choose the day to move it to.", field="data.due")
        check_day(deed.due, deed.today)
    elif deed.due is not None:
        raise Refused("day_not_wanted", "A new day belongs to moving it.", field="data.due")
    elif deed.then == "name" and standing.named:
        raise Refused("already_named", "You have said what happened. You can keep it late, move it, or let it go.")


ENDED = {
    State.KEPT: "This was kept already.",
    State.RELEASED: "This was released already. Nothing is owed here.",
    State.LET_GO: "This was let go already.",
    State.DECLINED: "This ask was answered with no.",
    State.TAKEN_BACK: "This ask was taken back. Nothing is owed here.",
}
BEFORE_YES = frozenset({"taken_on", "declined", "taken_back"})
RULES: dict[str, Callable[[Standing, Deed], None]] = {
    "taken_on": _taken_on,
    "declined": _declined,
    "kept": _kept,
    "renegotiated": _renegotiated,
    "answered": _answered,
    "release_asked": _release_asked,
    "released": _released,
    "taken_back": _taken_back,
    "owned": _owned,
}


def _ends(state: State) -> Callable[[Standing, Deed], Standing]:
    return lambda standing, _: Standing(state=state, due=standing.due)


def _stands_open(standing: Standing, deed: Deed) -> Standing:
    return Standing(state=State.OPEN, due=deed.due or standing.due)


def _after_owning(standing: Standing, deed: Deed) -> Standing:
    if deed.then == "name":
        return replace(standing, named=True)
    return _stands_open(standing, deed) if deed.then == "move" else _ends(State.LET_GO)(standing, deed)


TURNS: dict[str, Callable[[Standing, Deed], Standing]] = {
    "taken_on": _stands_open,
    "declined": _ends(State.DECLINED),
    "kept": _ends(State.KEPT),
    "renegotiated": lambda standing, deed: replace(_stands_open(standing, deed), awaits=Awaits.MOVE),
    "answered": lambda standing, _: replace(standing, awaits=Awaits.NOTHING),
    "release_asked": lambda standing, _: replace(standing, awaits=Awaits.RELEASE),
    "released": _ends(State.RELEASED),
    "taken_back": _ends(State.TAKEN_BACK),
    "owned": _after_owning,
}
