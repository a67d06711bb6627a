"""Who may do what with a meeting, and when. Each refusal says what stands now, so that a stale page makes sense."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from tilth.accounts.refused import Refused
from tilth.chapters.meetings.models import AgendaPoint, Meeting, State, Turn
from tilth.design.wording import notice_time
from tilth.ledger.kinds import Act
from tilth.partnerships.models import Member
from tilth.partnerships.terms import terms_of

FURTHEST = timedelta(days=366)
NOTED_FOR = timedelta(days=28)
ARRIVAL_OPENS = timedelta(hours=24)
SUMMARY_OPENS = timedelta(hours=1)

AS_IT_STANDS: dict[str, str] = {
    State.PROPOSED: "This meeting still waits for an answer.",
    State.PLANNED: "This meeting is planned.",
    State.HELD: "This meeting was held already.",
    State.MISSED: "It was said that this meeting did not happen.",
    State.CANCELLED: "It was said that this meeting won’t happen.",
    State.DECLINED: "This proposal was declined.",
    State.WITHDRAWN: "This proposal was taken back.",
    State.REPLACED: "A new rhythm took this meeting’s place.",
}


def may_propose(act: Act) -> None:
    _expect_new_between_two(act)
    refuse_unfit_times(act.data.times, act.at, field="data.times")


def may_note(act: Act) -> None:
    _expect_new_between_two(act)
    if act.data.at > act.at:
        raise Refused("not_begun", "Choose a time that has come. For one ahead, offer times.", field="data.at")
    if act.data.at < act.at - NOTED_FOR:
        raise Refused("too_long_ago", "You can note a meeting of the last four weeks.", field="data.at")


def may_propose_times(act: Act) -> None:
    meeting = _meeting(act)
    _expect(meeting, State.PLANNED, State.PROPOSED)
    if meeting.state == State.PLANNED:
        _expect_ahead(meeting, act.at)
    refuse_unfit_times(act.data.times, act.at, field="data.times", meeting=meeting)


def may_accept(act: Act) -> None:
    meeting = _asked_by_the_other(act)
    if act.data.time not in meeting.times:
        raise Refused("not_offered", "This time isn’t one of those on offer.", field="data.time")
    if act.data.time <= act.at:
        raise Refused("time_passed", "This time has passed. Choose another, or offer other times.", field="data.time")


def may_decline(act: Act) -> None:
    _asked_by_the_other(act)


def may_take_back(act: Act) -> None:
    if _asked(act).asked_by_id != act.member.id:
        raise Refused("not_yours", "Only the one who offered these times can take them back.")


def may_move(act: Act) -> None:
    meeting = _meeting(act)
    _expect(meeting, State.PLANNED)
    _expect_ahead(meeting, act.at)
    refuse_unfit_times([act.data.to], act.at, field="data.to", meeting=meeting)
    refuse_late_move(meeting, act.at, member=act.member)


def refuse_unfit_times(times: Iterable[datetime], at: datetime, *, field: str, meeting: Meeting | None = None) -> None:
    """Raise unless each lies ahead, within a year, and is another than the one that a planned meeting has."""
    for time in times:
        if time <= at:
            raise Refused("time_passed", "This time has passed. Choose one that lies ahead.", field=field)
        if time > at + FURTHEST:
            raise Refused("too_far", "This is more than a year ahead. Choose a time within a year.", field=field)
        if meeting and meeting.state == State.PLANNED and time == meeting.start_at:
            raise Refused("same_time", "This is when the meeting is now.", field=field)


def refuse_late_move(meeting: Meeting, at: datetime, *, member: Member) -> None:
    """Raise unless this member may move the meeting at once; otherwise they can offer times. Before anything is agreed
    each may."""
    if not member.partnership.terms:
        return
    terms = terms_of(member.partnership)
    if terms.schedules not in ("either", member.person_id):
        raise Refused("not_scheduler", "By your agreement the other one sets the times. You can offer other times.")
    if at > meeting.start_at - timedelta(hours=terms.notice_hours):
        agreed = f"You agreed to move meetings {notice_time(terms.notice_hours)}, and this one is nearer than that."
        raise Refused("notice_passed", f"{agreed} Offer other times instead.", status=409)


def may_cancel(act: Act) -> None:
    meeting = _meeting(act)
    _expect(meeting, State.PLANNED)
    if act.at >= meeting.start_at:
        raise Refused("begun", "This meeting’s time has come. Say whether it was held or did not happen.", status=409)


def may_add_point(act: Act) -> None:
    _expect(_meeting(act), State.PLANNED, State.PROPOSED)
    _expect_words(act, "sealed.point")


def may_settle(act: Act) -> None:
    point = _point(act)
    if (point.settled_at is not None) == act.data.settled:
        now = "settled already" if act.data.settled else "open already"
        raise Refused("no_change", f"This point is {now}.", status=409)
    if point.meeting:
        _expect(point.meeting, State.PLANNED, State.PROPOSED)


def may_withdraw_point(act: Act) -> None:
    if _point(act).by_id != act.member.id:
        raise Refused("not_yours", "Only the one who wrote this point can take it back.")


def arrival_opens(meeting: Meeting) -> datetime:
    """From when on a line of arrival is one for this meeting; one of before was for a day from which it was moved."""
    return meeting.start_at - ARRIVAL_OPENS


def may_arrive(act: Act) -> None:
    meeting = _meeting(act)
    _expect(meeting, State.PLANNED)
    if act.at < arrival_opens(meeting):
        raise Refused("too_early", "You can write your arrival line from the day before.")
    if act.at >= meeting.end_at:
        raise Refused("too_late", "This meeting’s time has gone by.", status=409)
    _expect_first(act, turns(meeting, "meetings.arrived").filter(at__gte=arrival_opens(meeting)))
    _expect_words(act, "sealed.line")


def may_sum_up(act: Act) -> None:
    meeting = _meeting(act)
    _expect(meeting, State.PLANNED, State.HELD)
    if act.at < meeting.start_at - SUMMARY_OPENS:
        raise Refused("too_early", "The summary opens an hour before the meeting.")
    newest = turns(meeting, "meetings.summed_up").order_by("-number").values_list("entry", flat=True).first()
    if act.data.replaces != newest:
        sentence = "A newer version was written meanwhile. Read it, then add what is yours."
        raise Refused("newer_version", sentence, status=409)
    _expect_words(act, "sealed.summary")


def may_hold(act: Act) -> None:
    _may_say(act, State.HELD)


def may_miss(act: Act) -> None:
    _may_say(act, State.MISSED)


def may_look_back(act: Act) -> None:
    meeting = _meeting(act)
    _expect(meeting, State.HELD)
    _expect_first(act, turns(meeting, "meetings.looked_back"))
    _expect_words(act, "sealed.present")


def turns(meeting: Meeting, kind: str) -> QuerySet[Turn]:
    return Turn.objects.filter(partnership_id=meeting.partnership_id, meeting=meeting, kind=kind)


def _may_say(act: Act, said: State) -> None:
    meeting = _meeting(act)
    if meeting.state == said:
        raise Refused("already_said", AS_IT_STANDS[meeting.state], status=409)
    _expect(meeting, State.PLANNED, State.HELD, State.MISSED)
    if act.at < meeting.start_at:
        raise Refused("not_begun", "Wait until the meeting’s time has come.")


def _meeting(act: Act) -> Meeting:
    meeting = Meeting.objects.filter(partnership_id=act.partnership_id, id=act.about).first()
    if meeting is None:
        sentence = "There is no such meeting. It may have gone with an earlier rhythm."
        raise Refused("no_such_meeting", sentence, status=409)
    return meeting


def _asked(act: Act) -> Meeting:
    meeting = Meeting.objects.filter(partnership_id=act.partnership_id, asked_entry=act.about).first()
    if meeting is None:
        raise Refused("not_open", "These times aren’t on offer any more. Look at what stands now.", status=409)
    return meeting


def _asked_by_the_other(act: Act) -> Meeting:
    meeting = _asked(act)
    if meeting.asked_by_id == act.member.id:
        raise Refused("own_proposal", "You offered these times yourself; the other one answers.")
    return meeting


def _point(act: Act) -> AgendaPoint:
    points = AgendaPoint.objects.select_related("meeting").filter(partnership_id=act.partnership_id, id=act.about)
    point = points.first()
    if point is None:
        raise Refused("no_such_point", "There is no such point on an agenda.")
    if point.withdrawn_at is not None:
        raise Refused("withdrawn", "This point was taken back.", status=409)
    return point


def _expect(meeting: Meeting, *states: State) -> None:
    if meeting.state not in states:
        raise Refused(f"meeting_{meeting.state}", AS_IT_STANDS[meeting.state], status=409)


def _expect_new_between_two(act: Act) -> None:
    if act.subject is not None:
        raise Refused("wrong_subject", "A new meeting stands for itself.", status=400)
    if not act.member.others:
        raise Refused("alone", "Wait for the other to join first; a meeting takes two.", status=409)


def _expect_ahead(meeting: Meeting, at: datetime) -> None:
    if at >= meeting.start_at:
        raise Refused("begun", "This meeting’s time has come; it can’t be moved any more.", status=409)


def _expect_first(act: Act, said: QuerySet[Turn]) -> None:
    if said.filter(by=act.member).exists():
        raise Refused("already_said", "You have written yours already.", status=409)


def _expect_words(act: Act, field: str) -> None:
    if not act.sealed:
        raise Refused("empty", "Write a line first.", field=field)
