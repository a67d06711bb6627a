"""What the pages of meetings show; each question costs the same however long two have met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce
from django.http import Http404

from tilth.chapters.meetings.models import AgendaPoint, CarriedOver, Meeting, State, Turn
from tilth.ledger.addresses import Place
from tilth.partnerships.memo import once_a_page
from tilth.partnerships.models import Member, Pause

COMING_AT_ONCE = 8
PAST_AT_ONCE = 20
LONGEST = timedelta(minutes=480)  # that a meeting may last
UNSAID_FOR = timedelta(days=28)
COMING = (State.PLANNED, State.CANCELLED)
OVER = (State.HELD, State.MISSED, *COMING)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some meetings, and the place of the last of them, to ask for the next ones by; None where there are no more."""

    meetings: list[Meeting]
    further: Place | None


def coming_meetings(member: Member, at: datetime, *, after: Place | None = None) -> Page:
    """Those that are not over yet, soonest first, with the size of their agendas; also those that were called off."""
    recent = _meetings(member).filter(state__in=COMING, start_at__gt=at - LONGEST)
    coming = with_calling_off(with_agenda(recent.filter(end_at__gt=at)))
    if after:
        coming = coming.filter(Q(start_at__gt=after[0]) | Q(start_at=after[0], id__gt=after[1]))
    return _page(list(coming.order_by("start_at", "id")[: COMING_AT_ONCE + 1]), COMING_AT_ONCE)


def past_meetings(member: Member, at: datetime, *, before: Place | None = None) -> Page:
    """Those whose time is over, latest first, each with the newest version of what was taken along."""
    begun = with_calling_off(with_summary(_meetings(member))).filter(state__in=OVER, start_at__lt=at)
    if before:
        begun = begun.filter(Q(start_at__lt=before[0]) | Q(start_at=before[0], id__lt=before[1]))
    over = begun.exclude(state__in=COMING, end_at__gt=at)
    return _page(list(over.order_by("-start_at", "-id")[: PAST_AT_ONCE + 1]), PAST_AT_ONCE)


@once_a_page
def open_meetings(members: Sequence[Member], at: datetime) -> list[Meeting]:
    """Meetings somebody asks a time for, while one of the times still lies ahead, and those whose time is over and of
    which nobody has said whether they were held; of several partnerships, soonest first. `rests` reads of each whether
    it fell in a pause, `rests_now` whether its two are in one.
    """
    seats = [member.partnership_id for member in members]
    asked = Q(asked_entry__isnull=False, asked_until__gt=at)
    over = Q(state=State.PLANNED, end_at__lte=at, start_at__gt=at - UNSAID_FOR)
    meetings = Meeting.objects.filter(partnership__in=seats, state__in=(State.PROPOSED, State.PLANNED))
    resting_now = Exists(pauses_at(OuterRef("partnership"), at))
    found = with_rest(meetings.filter(asked | over)).annotate(in_a_pause_now=resting_now)
    return list(found.order_by("start_at", "id"))


def is_asked(meeting: Meeting, at: datetime) -> bool:
    """Whether times are on offer for it, one of which lies ahead."""
    return meeting.asked_until is not None and meeting.asked_until > at


def asked_meetings(member: Member, at: datetime) -> list[Meeting]:
    """Of one partnership, those for which times are on offer."""
    return [meeting for meeting in open_meetings([member], at) if is_asked(meeting, at)]


def unsaid_meetings(member: Member, at: datetime) -> list[Meeting]:
    """Of one partnership, the last of which nobody has said whether they were held."""
    over = (it for it in reversed(open_meetings([member], at)) if not is_asked(it, at) and not rests(it))
    return list(islice(over, 3))


def with_rest(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Asks of each whether it falls in a pause; `rests` reads the answer."""
    return meetings.annotate(falls_in_a_pause=Exists(pauses_at(OuterRef("partnership"), OuterRef("start_at"))))


def rests(meeting: Meeting) -> bool:
    return bool(getattr(meeting, "falls_in_a_pause"))  # noqa: B009  (annotated, not a field)


def rests_now(meeting: Meeting) -> bool:
    return bool(getattr(meeting, "in_a_pause_now"))  # noqa: B009


def pauses_at(partnership: F, moment: F | datetime) -> QuerySet[Pause]:
    """The pauses of a partnership that this moment lies in; the partnership is an outer reference."""
    begun = Pause.objects.filter(partnership=partnership, from_at__lte=moment)
    return begun.filter(Q(until_at=None) | Q(until_at__gt=moment))


def meeting_or_404(member: Member, meeting_id: UUID) -> Meeting:
    meeting = _meetings(member).filter(id=meeting_id).first()
    if meeting is None:
        raise Http404("No such meeting.")
    return meeting


def agenda_of(meeting: Meeting) -> list[AgendaPoint]:
    """What is or was on this meeting's agenda, in the order in which it was thought of; also what went on from here."""
    points = AgendaPoint.objects.filter(partnership_id=meeting.partnership_id, withdrawn_at=None)
    gone_on = CarriedOver.objects.filter(partnership_id=meeting.partnership_id, meeting=meeting)
    return list(points.filter(Q(meeting=meeting) | Q(id__in=gone_on.values("point"))).order_by("at", "id")[:200])


def turns_of(meeting: Meeting) -> list[Turn]:
    """Everything said about this meeting, in order."""
    turns = Turn.objects.filter(partnership_id=meeting.partnership_id, meeting=meeting)
    return list(turns.order_by("number")[:200])


def pauses_since(member: Member, start: datetime) -> list[Pause]:
    """Pauses that touch any time from `start` on."""
    return [pause for pause in member.pauses if pause.until_at is None or pause.until_at > start]


def meetings_between(member: Member, start: datetime, end: datetime) -> list[Meeting]:
    """Meetings planned or held that touch any time between two moments, soonest first."""
    begun = _meetings(member).filter(state__in=(State.PLANNED, State.HELD), start_at__lt=end)
    touching = begun.filter(start_at__gt=start - LONGEST, end_at__gt=start)
    return list(touching.order_by("start_at", "id").only("state", "start_at", "end_at"))


def with_agenda(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Counts the open points of each; `agenda_size` reads the counts."""
    points = AgendaPoint.objects.filter(
        partnership=OuterRef("partnership"), meeting=OuterRef("id"), settled_at=None, withdrawn_at=None
    )
    return meetings.annotate(open_points=_count(points), carried_points=_count(points.filter(carried__gt=0)))


def with_summary(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Adds the entry of each one's newest summary, and the member who wrote it; None where there is none."""
    return _with_newest(meetings, "meetings.summed_up", summary="entry", summed_up_by="by_id")


def with_calling_off(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Adds the entry that called each one off, the member who wrote it, and whether it has words; else None."""
    return _with_newest(meetings, "meetings.cancelled", off="entry", off_by="by_id", off_sealed="sealed")


def _with_newest(meetings: QuerySet[Meeting], kind: str, **columns: str) -> QuerySet[Meeting]:
    """Adds columns of each one's newest turn of a kind, under names of their own."""
    turns = Turn.objects.filter(kind=kind, partnership=OuterRef("partnership"), meeting=OuterRef("id"))
    newest = turns.order_by("-number")
    fields = {"entry": UUIDField, "by_id": UUIDField, "sealed": BooleanField}
    return meetings.annotate(
        **{name: Subquery(newest.values(of)[:1], output_field=fields[of]()) for name, of in columns.items()}
    )


def agenda_size(meeting: Meeting) -> tuple[int, int]:
    """How many points are open, and how many of these were carried over; none where nobody counted."""
    return getattr(meeting, "open_points", 0), getattr(meeting, "carried_points", 0)


def _count(points: QuerySet[AgendaPoint]) -> Coalesce:
    counted = points.order_by().values("meeting").annotate(count=Count("id")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _meetings(member: Member) -> QuerySet[Meeting]:
    return Meeting.objects.filter(partnership_id=member.partnership_id)


def _page(found: Sequence[Meeting], most: int) -> Page:
    shown = list(found[:most])
    last = shown[-1] if len(found) > most else None
    return Page(meetings=shown, further=(last.start_at, last.id) if last else None)


def meeting_about(member: Member, entry: UUID) -> UUID | None:
    """The meeting that an offer or a point is for."""
    turns = Turn.objects.filter(partnership_id=member.partnership_id, entry=entry).values_list("meeting_id", flat=True)
    points = AgendaPoint.objects.filter(partnership_id=member.partnership_id, id=entry)
    return turns.first() or points.values_list(Coalesce("meeting_id", "added_to"), flat=True).first()
