"""The kinds of commitments: their public data, their rules, and what they change."""

from collections.abc import Callable
from typing import Literal, cast
from uuid import UUID

from tilth.accounts.refused import Refused
from tilth.chapters.commitments import lifecycle, words
from tilth.chapters.commitments.days import Deadline, deadline
from tilth.chapters.commitments.lifecycle import FINAL, State, check_day
from tilth.chapters.commitments.models import Commitment, Deed
from tilth.ledger.kinds import Act, Data, Kind, NoData, Notice, says
from tilth.partnerships.models import Member
from tilth.partnerships.terms import Day


class Made(Data):
    """`owner` is the member who is to do it: left out for oneself, the other's id for an ask. `due` is a day in the
    owner's zone; `source` the entry it came from, such as a message or a meeting."""

    due: Day
    owner: UUID | None = None
    source: UUID | None = None


class TakenOn(Data):
    """Yes to an ask, by its day or by another."""

    due: Day | None = None


class Renegotiated(Data):
    due: Day


class Answered(Data):
    """`answers` names the wish that is answered; older entries left it out."""

    agrees: bool
    answers: Literal["move", "release"] | None = None


class Owned(Data):
    """What becomes of it now: it is only named, moved to a new day, or let go."""

    then: Literal["name", "move", "let go"]
    due: Day | None = None


def made_rule(act: Act) -> None:
    if act.subject is not None:
        raise Refused("wrong_subject", "A new commitment stands for itself.", status=400)
    if not act.sealed:
        raise Refused("words_missing", "Write in one line what it is.", field="sealed.words")
    owner = _owner(act)
    check_day(act.data.due, act.at.astimezone(owner.now_zone).date())


def made(act: Act) -> None:
    owner = act.data.owner or act.member.id
    Commitment.objects.create(
        id=act.entry, partnership_id=act.partnership_id, author=act.member, owner_id=owner, made_at=act.at,
        source=act.data.source, state=State.OPEN if owner == act.member.id else State.ASKED,
        due=act.data.due, due_since=act.at, words_entry=act.entry,
    )  # fmt: skip


def rule(act: Act) -> None:
    """What every later deed is held to: the commitment is there, and where it stands allows the deed."""
    commitment = _commitment(act)
    lifecycle.check(commitment.standing, _deed(act, commitment, now=deadline_of(commitment, act)))


def apply(act: Act) -> None:
    commitment = _commitment(act)
    deed = _deed(act, commitment, now=None)
    after = lifecycle.turn(commitment.standing, deed)
    commitment.state, commitment.awaits = after.state, after.awaits
    if deed.due:
        commitment.due, commitment.due_since = deed.due, act.at
    if after.named != (commitment.named_at is not None):
        commitment.named_at = act.at if after.named else None
    if after.state in FINAL:
        commitment.resolved_at = act.at
    if deed.name == "renegotiated":
        commitment.words_entry = act.entry
    commitment.save()
    Deed.objects.create(
        id=act.entry, partnership_id=act.partnership_id, commitment=commitment, author=act.member, at=act.at,
        name=deed.name, due=deed.due, agrees=deed.agrees, then=deed.then, has_words=act.sealed,
    )  # fmt: skip


def deadline_of(commitment: Commitment, act: Act) -> Deadline:
    owner = next(seat for seat in act.member.everyone if seat.id == commitment.owner_id)
    pauses = act.partnership.pauses.all()
    return deadline(
        commitment.due, since=commitment.due_since, zone=owner.now_zone, pauses=pauses, at=act.at
    )  # fmt: skip


def _commitment(act: Act) -> Commitment:
    rows = Commitment.objects.filter(partnership_id=act.partnership_id)
    found = rows.filter(id=act.about).first()
    if found is None:
        raise Refused("no_such_commitment", "There is no such commitment here.", status=404)
    return found


def _deed(act: Act, commitment: Commitment, *, now: Deadline | None) -> lifecycle.Deed:
    data = act.data
    return lifecycle.Deed(
        name=act.kind.name.partition(".")[2],
        by_owner=act.member.id == commitment.owner_id,
        passed=now is not None and now.passed,
        today=now.today if now else commitment.due,
        due=getattr(data, "due", None),
        agrees=getattr(data, "agrees", None),
        answers=getattr(data, "answers", None) or "",
        then=getattr(data, "then", ""),
        words=act.sealed,
    )


def _owner(act: Act) -> Member:
    """The member who is to do it; the other must be here to be asked."""
    if act.data.owner is None:
        return act.member
    other = next((seat for seat in act.member.others if seat.id == act.data.owner), None)
    if other is None:
        raise Refused("unknown_owner", "Choose who will do it: one of the two of you.", field="data.owner")
    return other


def told(phrase: str) -> Callable[[Act], Notice]:
    """The other is told that something was done, never what."""

    def notice(act: Act) -> Notice:
        subject = act.subject or act.entry
        return Notice(to=act.member.others, words=phrase, url=f"/p/{act.partnership_id}/commitments/{subject}/")

    return notice


def _told_of_new(act: Act) -> Notice:
    asked = cast(Made, act.data).owner is not None
    return told("asked you for a commitment" if asked else "made a commitment")(act)


def _told_of_answer(act: Act) -> Notice:
    answer = cast(Answered, act.data)
    if answer.agrees:
        return told("agreed to a new day")(act)
    return told("says that a new day makes it hard" if answer.answers == "move" else "answered about a commitment")(act)


MADE = Kind(
    name="commitments.made", data=Made, sealed=("words",), rule=made_rule, apply=made, words=words.made,
    erasure="keeps", notify=_told_of_new,
)  # fmt: skip
TAKEN_ON = Kind(
    name="commitments.taken_on", data=TakenOn, sealed=("words",), rule=rule, apply=apply, words=words.taken_on,
    erasure="keeps", notify=told("took on what you asked for"),
)  # fmt: skip
DECLINED = Kind(
    name="commitments.declined", data=NoData, sealed=("words",), rule=rule, apply=apply, words=words.declined,
    erasure="keeps", notify=told("answered what you asked for"),
)  # fmt: skip
KEPT = Kind(
    name="commitments.kept", data=NoData, sealed=("words",), rule=rule, apply=apply, words=words.kept,
    erasure="keeps", ring="commitment", notify=told("kept a commitment"),
)  # fmt: skip
RENEGOTIATED = Kind(
    name="commitments.renegotiated", data=Renegotiated, sealed=("words", "why"), rule=rule, apply=apply,
    words=words.renegotiated, erasure="keeps", notify=told("moved a commitment in time"),
)  # fmt: skip
ANSWERED = Kind(
    name="commitments.answered", data=Answered, sealed=("words",), rule=rule, apply=apply, words=words.answered,
    erasure="keeps", notify=_told_of_answer,
)  # fmt: skip
RELEASE_ASKED = Kind(
    name="commitments.release_asked", data=NoData, sealed=("words",), rule=rule, apply=apply,
    words=words.release_asked, erasure="keeps", notify=told("asks to be released from a commitment"),
)  # fmt: skip
RELEASED = Kind(
    name="commitments.released", data=NoData, sealed=("words",), rule=rule, apply=apply, words=words.released,
    erasure="keeps", ring="commitment", notify=told("released you from a commitment"),
)  # fmt: skip
TAKEN_BACK = Kind(
    name="commitments.taken_back", data=NoData, sealed=("words",), rule=rule, apply=apply,
    words=says("took back an ask"), erasure="keeps", notify=told("took back what you were asked for"),
)  # fmt: skip
OWNED = Kind(
    name="commitments.owned", data=Owned, sealed=("words",), rule=rule, apply=apply, words=words.owned,
    erasure="keeps", notify=told("said what happened with a commitment"),
)  # fmt: skip

KINDS = (MADE, TAKEN_ON, DECLINED, KEPT, RENEGOTIATED, ANSWERED, RELEASE_ASKED, RELEASED, TAKEN_BACK, OWNED)
