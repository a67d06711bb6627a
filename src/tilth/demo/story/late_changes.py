"""Weeks 11 to 16: what the snag log said about Juniper, a no said upstairs, and the agreement amended."""

from tilth.demo.stage import FRI, MON, THU, TUE, WED
from tilth.demo.story.agreement import AMENDED
from tilth.demo.story.terms import amended
from tilth.demo.voice import Pair


def late_changes(pair: Pair) -> None:
    _moved_meeting(pair)
    _what_was_drawn(pair)
    _snag_log(pair)
    _what_it_says(pair)
    _a_no(pair)
    _amending(pair)


def _moved_meeting(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(11, WED, "15:30")
    juniper.keeps(pair.promises["scan"], "Two hundred and six pages. One has a ring from somebody’s coffee. Mine.")
    it.on(11, THU, "10:40")
    juniper.moves(
        pair.meeting(12), it.moment(12, THU, "15:00"),
        "The surveyor comes on Tuesday and stays until he is fed. Thursday at three? If not, I’ll feed him faster.",
    )  # fmt: skip
    it.on(12, MON, "16:05")
    rowan.keeps(
        pair.promises["forecast"],
        "She said: “Throw away the average. Nobody goes to the theatre on average.” Then she drew it for me on the "
        "back of a seating plan.",
    )


def _what_was_drawn(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting = pair.meeting(12)
    it.on(12, WED, "16:40")
    rowan.adds(meeting, "What Marit drew")
    left = rowan.adds(meeting, "Pihla wants a second dashboard and I don’t")
    it.on(12, THU, "14:52")
    rowan.arrives(meeting, "Lighter. I’d like to think aloud today.")
    juniper.arrives(meeting, "The surveyor passed us. I have eaten too much to interrupt.")
    it.on(12, THU, "15:54")
    rowan.sums_up(
        meeting,
        "Marit’s drawing is better than the forecast. It’s also a better job than the one I gave her.\n"
        "Juniper asked who loses if it is used. I said: me, for about a week.\n"
        "Not reached: Pihla.",
    )
    pair.settle(rowan, meeting, leave=[left])
    rowan.says_held(meeting)
    juniper.keeps(pair.promises["three"], "Rowan’s count so far: four, three, three, five.")
    pair.promises["beside"] = rowan.promises(
        "Put Marit’s forecast beside mine in front of everyone, and not say whose is whose", it.day(14, MON),
        source=meeting.id,
    )  # fmt: skip
    pair.promises["line-up"] = juniper.promises(
        "Leave the Thursday line-up to Tomé, twice, and stay off the floor until ten", it.day(14, FRI)
    )


def _snag_log(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(13, WED, "09:05")
    juniper.renegotiates(
        pair.promises["line-up"], "Leave the Thursday line-up to Tomé, twice; the second time after the inspection",
        it.day(16, THU), why="The inspection falls on a Thursday and he asked me to be there. He asked. I checked.",
    )  # fmt: skip
    it.on(13, THU, "13:20")
    rowan.keeps(pair.promises["snags"], "Looked. What I saw is in a message. It shouldn’t stand in a list.")
    thread = rowan.begins(
        "Your snag log",
        "Eighty-eight snags in two months. I thought it would be the welds, or the apprentices, or Mondays.\n\n"
        "Sixty-one of them come on days when the plan was changed after ten in the morning. On days without a late "
        "change there is hardly anything to write down. I did it twice because I didn’t like it.\n\n"
        "The changes are all in the same handwriting. I think you know whose.\n\n"
        "Did you want to hear this from me?",
        awaits=True,
    )
    it.on(13, FRI, "08:50")
    juniper.answers(
        thread,
        "No. And there is nobody else I would have heard it from.\n\n"
        "I have always thought of it as being quick. I come down at ten, see what’s wrong, and change it. It looks "
        "like leading. Thirty-eight people put down what they were doing.\n\n"
        "Put it on the agenda, please. I’d only defend myself if I went on typing.",
    )
    it.on(13, FRI, "14:45")
    rowan.keeps(
        pair.promises["beside"],
        "They chose hers in four minutes. Iiro asked who had made the other one, and I said I had. Marit looked at the "
        "ceiling, but she smiled at it.",
    )


def _what_it_says(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting = pair.meeting(14)
    it.on(14, MON, "09:30")
    juniper.adds(meeting, "Ten o’clock")
    it.on(14, TUE, "15:51")
    juniper.arrives(meeting, "I’d like to be asked today. It’s only fair.")
    rowan.arrives(meeting, "Afraid I have broken something. Also a bit proud.")
    it.on(14, TUE, "16:58")
    rowan.sums_up(
        meeting,
        "Ten o’clock. Asked what she is afraid of when she doesn’t go down, Juniper said: that they don’t need it. We "
        "left that standing for a while.\n"
        "Pihla. Rowan can say no upwards, it turns out, when it is about somebody else’s time.\n"
        "Tuesdays don’t work any more. Rowan writes a change to the agreement.",
    )
    pair.settle(rowan, meeting)
    rowan.says_held(meeting)
    rowan.keeps(pair.promises["says so"], "Twice. Once without a reason. You said “good” and meant it, I think.")
    pair.promises["ten"] = juniper.promises(
        "No change to the plan after ten, unless Tomé asks for it. Three weeks.", it.day(17, WED), source=meeting.id
    )
    pair.promises["pihla"] = rowan.promises(
        "Tell Pihla no about the second dashboard: a reason, no apology", it.day(16, WED), source=meeting.id
    )
    it.on(14, WED, "08:55")
    rowan.looks_back(meeting, "fully", "mostly", "I talked too fast when it got close to you.")
    it.on(14, WED, "10:20")
    juniper.looks_back(meeting, "mostly", "fully", "I looked at the hall twice. Both times when it was about me.")


def _a_no(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(15, TUE, "10:15")
    thread = rowan.begins(
        "Saying no upstairs",
        "Tomorrow at nine. I’ve written it out and it has three becauses in it. Is that too many?",
        awaits=True,
    )
    it.on(15, TUE, "13:05")
    juniper.answers(thread, "Which one would you still say if she went on looking out of the window?", awaits=True)
    it.on(15, TUE, "13:20")
    rowan.answers(thread, "The second. That nobody has opened the first dashboard in a month. I can see that.")
    it.on(15, WED, "10:25")
    rowan.keeps(pair.promises["pihla"], "Said, with one because. One apology slipped out at the door.")


def _amending(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(15, THU, "17:00")
    change = rowan.proposes(amended(pair), AMENDED, replaces=pair.agreement)
    it.on(16, MON, "09:15")
    juniper.signs(change, note="Thursdays. And stop me at forty-five minutes, I will thank you by the Friday.")
    it.on(16, THU, "12:30")
    juniper.keeps(
        pair.promises["line-up"],
        "Twice. The first time I sat in the van. The second time I forgot to look at the clock until eleven.",
    )
    it.on(16, FRI, "15:05")
    pair.promises["apprentice"] = juniper.promises(
        "Tell the apprentice I barked at that he had been right about the gasket", it.day(18, FRI)
    )
