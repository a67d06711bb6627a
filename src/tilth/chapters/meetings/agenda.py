"""What wasn't reached goes to the next meeting, by itself; nothing on an agenda is lost."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from tilth.chapters.meetings.models import AgendaPoint, CarriedOver, Meeting, State


def open_points(partnership_id: UUID) -> QuerySet[AgendaPoint]:
    return AgendaPoint.objects.filter(partnership_id=partnership_id, settled_at=None, withdrawn_at=None)


def carry_over(meeting: Meeting, at: datetime) -> None:
    """Move what is open on this meeting's agenda to the one after it; where it was the last, to the next that comes;
    and without any it waits for one to be laid."""
    last = max(meeting.start_at, at)
    heir = _next_meeting(meeting.partnership_id, last) or _next_meeting(meeting.partnership_id, at)
    if _send_on(meeting, heir):
        _touch(heir)


def let_wait(meeting: Meeting) -> None:
    """Take what is open off a meeting that is given up; it waits for the next one."""
    _send_on(meeting, None)


def _send_on(meeting: Meeting, heir: Meeting | None) -> int:
    """How many went on; each is remembered on the agenda that it leaves."""
    points = open_points(meeting.partnership_id).filter(meeting=meeting)
    CarriedOver.objects.bulk_create(
        CarriedOver(partnership_id=meeting.partnership_id, point_id=point, meeting=meeting)
        for point in points.values_list("id", flat=True)
    )
    return points.update(meeting=heir, carried=F("carried") + 1)


def hand_out_waiting(partnership_id: UUID, at: datetime) -> None:
    """Give points without a meeting to the next one, if there is one now."""
    heir = _next_meeting(partnership_id, at)
    if heir and open_points(partnership_id).filter(meeting=None).update(meeting=heir):
        _touch(heir)


def _next_meeting(partnership_id: UUID, after: datetime) -> Meeting | None:
    coming = Meeting.objects.filter(partnership_id=partnership_id, state=State.PLANNED, start_at__gt=after)
    return coming.order_by("start_at", "id").first()


def _touch(meeting: Meeting | None) -> None:
    if meeting:
        Meeting.objects.filter(id=meeting.id).update(touched=True)
