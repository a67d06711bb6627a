"""The kinds of entries that meetings are made of."""

from collections.abc import Callable

from tilth.chapters.meetings import data, projecting, rules, words
from tilth.chapters.meetings.models import Turn
from tilth.ledger.kinds import Act, Kind, NoData, Notice, says


def _tell(text: str, *, urgent: bool = False) -> Callable[[Act], Notice]:
    """Tell the other, who finds what it is about on the page of that meeting."""

    def notify(act: Act) -> Notice:
        meeting = Turn.objects.get(entry=act.entry).meeting_id
        return Notice(
            to=act.member.others, words=text, url=f"/p/{act.partnership_id}/meetings/{meeting}", urgent=urgent
        )

    return notify


KINDS = (
    Kind(
        name="meetings.proposed", data=data.Proposed, sealed=("words",),
        rule=rules.may_propose, apply=projecting.propose, words=words.proposed, erasure="keeps",
        notify=_tell("proposed a meeting"),
    ),
    Kind(
        name="meetings.noted", data=data.Noted, sealed=("words",), ring="meeting",
        rule=rules.may_note, apply=projecting.note_held, words=words.noted, erasure="keeps",
    ),
    Kind(
        name="meetings.times_offered", data=data.TimesProposed, sealed=("words",),
        rule=rules.may_propose_times, apply=projecting.propose_times, words=words.offered_times, erasure="keeps",
        notify=_tell("asked for another time for a meeting", urgent=True),
    ),
    Kind(
        name="meetings.accepted", data=data.Accepted, sealed=("words",),
        rule=rules.may_accept, apply=projecting.accept, words=words.accepted, erasure="keeps",
        notify=_tell("agreed to a meeting time"),
    ),
    Kind(
        name="meetings.declined", data=NoData, sealed=("words",),
        rule=rules.may_decline, apply=projecting.decline, words=says("declined the times for a meeting"),
        erasure="keeps", notify=_tell("can’t make the times you offered"),
    ),
    Kind(
        name="meetings.taken_back", data=NoData, sealed=(),
        rule=rules.may_take_back, apply=projecting.take_back, words=says("took back the times for a meeting"),
        erasure="keeps",
    ),
    Kind(
        name="meetings.moved", data=data.Moved, sealed=("words",),
        rule=rules.may_move, apply=projecting.move, words=words.moved, erasure="keeps",
        notify=_tell("moved a meeting", urgent=True),
    ),
    Kind(
        name="meetings.cancelled", data=NoData, sealed=("words",),
        rule=rules.may_cancel, apply=projecting.cancel, words=says("said that a meeting won’t happen"),
        erasure="keeps", notify=_tell("said that a meeting won’t happen", urgent=True),
    ),
    Kind(
        name="meetings.point_added", data=NoData, sealed=("point",),
        rule=rules.may_add_point, apply=projecting.add_point, words=says("put something on the agenda"),
        erasure="keeps",
    ),
    Kind(
        name="meetings.point_settled", data=data.Settled, sealed=(),
        rule=rules.may_settle, apply=projecting.settle_point, words=words.settled, erasure="keeps",
    ),
    Kind(
        name="meetings.point_withdrawn", data=NoData, sealed=(),
        rule=rules.may_withdraw_point, apply=projecting.withdraw_point,
        words=says("took something off the agenda"), erasure="withdraws",
    ),
    Kind(
        name="meetings.arrived", data=NoData, sealed=("line",), reveal="together",
        rule=rules.may_arrive, apply=projecting.note, words=says("arrived at a meeting"), erasure="keeps",
    ),
    Kind(
        name="meetings.summed_up", data=data.SummedUp, sealed=("summary",),
        rule=rules.may_sum_up, apply=projecting.note, words=words.summed_up, erasure="keeps",
    ),
    Kind(
        name="meetings.held", data=NoData, sealed=("words",), ring="meeting",
        rule=rules.may_hold, apply=projecting.hold, words=says("said that a meeting was held"),
        erasure="keeps",
    ),
    Kind(
        name="meetings.missed", data=NoData, sealed=("words",),
        rule=rules.may_miss, apply=projecting.miss, words=says("said that a meeting did not happen"),
        erasure="keeps",
    ),
    Kind(
        name="meetings.looked_back", data=NoData, sealed=("words", "present", "heard"), reveal="together",
        rule=rules.may_look_back, apply=projecting.note, words=says("looked back on a meeting"),
        erasure="keeps",
    ),
)  # fmt: skip
