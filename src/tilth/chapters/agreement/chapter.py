"""The agreement, as the house sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tilth.chapters.agreement import phrases, queries
from tilth.chapters.agreement.entries import KINDS
from tilth.chapters.agreement.models import Signature, Version
from tilth.chapters.agreement.names import first_names
from tilth.design.wording import begun, notice_time
from tilth.ledger.chapter import Aside, Chapter, Due, Named, Step
from tilth.partnerships.elsewhere import agreed_words, ended_on, reads_as
from tilth.partnerships.models import Member
from tilth.partnerships.terms import MemberTerms, Terms

NEARING = timedelta(days=30)


def _url(member: Member, page: str = "") -> str:
    return f"/p/{member.partnership_id}/agreement/{page}"


def due(members: Sequence[Member], at: datetime) -> list[Due]:  # noqa: ARG001  (the shape of every due)
    """A proposal that waits to be read and signed, by me or by the other."""
    open_ones: dict[UUID, list[Version]] = {}
    for signature in queries.current_versions(members):
        if signature.version.is_open:
            open_ones.setdefault(signature.partnership_id, []).append(signature.version)
    return [_due(member, version) for member in members for version in open_ones.get(member.partnership_id, [])]


def _due(member: Member, version: Version) -> Due:
    mine = version.by_id == member.id
    whose = version.by.called
    return Due(
        member=member,
        on="other" if mine else "me",
        text="Your proposal for the agreement" if mine else f"Read and answer what {whose} proposes",
        url=_url(member, f"{version.id}/"),
    )


def steps(member: Member, at: datetime) -> list[Step]:
    """To answer a proposal; to write a first one; to say what success is; to look ahead before the last day."""
    if member.other is None or member.partnership.ended_at:
        return []
    signatures = queries.current_versions([member])
    theirs = next((one.version for one in signatures if one.version.is_open and one.version.by_id != member.id), None)
    if theirs is not None:
        return [_answer(member, theirs)]
    if not member.partnership.terms:
        return [] if signatures else [_write(member)]
    found = [_look_ahead(member, at)] if _is_nearing(member, at) else []
    return found + ([] if _told_success(member, signatures) else [_say_success(member)])


def _answer(member: Member, version: Version) -> Step:
    whose = version.by.called
    return Step(
        key=f"agreement-answer-{version.id}",
        weight=85,
        title=f"Read what {whose} proposes.",
        why="It holds once you have both signed the same text. You can also propose a change.",
        action="Read it",
        url=_url(member, f"{version.id}/"),
    )


def _write(member: Member) -> Step:
    return Step(
        key="agreement-write",
        weight=80,
        title="Write down how you want to work together.",
        why="You haven’t agreed on when you meet and how soon you answer. There are words to start from.",
        action="Start the agreement",
        url=_url(member, "draft"),
    )


def _look_ahead(member: Member, at: datetime) -> Step:
    ends = Terms.model_validate(member.partnership.terms).ends
    day = phrases.day_words(ends)
    why = f"What you agreed ends on {day}. You can go on, change it, or let it end there."
    if ends < at.astimezone(member.now_zone).date():
        why = f"What you agreed ended on {day}. You can renew it, change it, or leave it at that."
    return Step(
        key=f"agreement-ends-{ends}",
        weight=60,
        title="Talk about what comes next.",
        why=why,
        action="See the agreement",
        url=_url(member),
    )


def _say_success(member: Member) -> Step:
    return Step(
        key="agreement-success",
        weight=50,
        title="Say what success is for you.",
        why="Your own words for it are still missing from the agreement.",
        action="Add them",
        url=_url(member, f"draft?from={member.partnership.terms_entry}"),
    )


def _is_nearing(member: Member, at: datetime) -> bool:
    ends = Terms.model_validate(member.partnership.terms).ends
    return ends <= at.astimezone(member.now_zone).date() + NEARING


def _told_success(member: Member, signatures: Sequence[Signature]) -> bool:
    """With a signature that stands now, or with an earlier one, whose words hold until there are newer ones."""
    return any(one.success for one in signatures if one.by_id == member.id) or queries.has_told_success(member)


def margin(member: Member, at: datetime) -> Aside | None:
    """What was agreed, in a few lines, for the margin of the pages where one acts on it."""
    if not member.partnership.terms:
        return None
    terms = Terms.model_validate(member.partnership.terms)
    names = first_names(member)
    strong, lines = "No fixed rhythm", [("Answers", phrases.answers(terms.window_hours))]
    if terms.rhythm:
        agreed, yours = agreed_words(terms.rhythm, member.person.zone), reads_as(terms.rhythm, member.person.zone, at)
        until = f", until {last}" if (last := ended_on(terms.rhythm, at)) else ""
        strong, lines = begun(agreed) + until, [("For you", yours), *lines] if yours else lines
    lines += [(names[person], _limits(terms.members[person])) for person in names if person in terms.members]
    lines.append(("Moving a meeting", notice_time(terms.notice_hours)))
    return Aside(heading="What we agreed", strong=strong, lines=tuple(lines), url=_url(member))


def _limits(own: MemberTerms) -> str:
    if own.quiet_from == own.quiet_to:
        return f"there {own.available_from} to {own.available_to}"
    if own.quiet_from < own.quiet_to:
        return f"not between {own.quiet_from} and {own.quiet_to}"
    return f"not before {own.quiet_to} or after {own.quiet_from}"


def whereabouts(entry: Named) -> str | None:
    """With the version it is about."""
    return f"agreement/{entry.about}/"


chapter = Chapter(
    slug="agreement",
    title="Agreement",
    icon="handshake",
    place=50,
    practices=("F1", "F2", "F3", "F4"),
    kinds=KINDS,
    models=(Signature, Version),
    due=due,
    steps=steps,
    margin=margin,
    whereabouts=whereabouts,
)
