"""Weeks 2 to 6: work that is given back, a coffee that was noticed, and a first disagreement that nobody noticed."""

from tilth.demo.stage import FRI, MON, THU, TUE, WED
from tilth.demo.voice import Pair


def first_weeks(pair: Pair) -> None:
    _first_meeting(pair)
    _between_the_first_two(pair)
    _second_meeting(pair)
    _third_meeting(pair)


def _first_meeting(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting = pair.meeting(2)
    it.on(2, MON, "15:50")
    rowan.keeps(pair.promises["expectations"], "Three lines and a blank. The blank is Marit.")
    rowan.adds(meeting, "What to say on Monday mornings, now that I’m the one who says it")
    it.on(2, TUE, "10:10")
    juniper.adds(meeting, "How would you like me to disagree with you?")
    it.on(2, TUE, "15:48")
    juniper.arrives(meeting, "Sawdust in my collar. Glad of the chair.")
    rowan.arrives(meeting, "Nervous, with notes. I’d like to be asked today, not told.")
    it.on(2, TUE, "16:54")
    rowan.sums_up(
        meeting,
        "Monday mornings: nobody needs a speech. Ask what is in the way, write it where all four can see it, take one "
        "thing off the list before noon.\n"
        "Disagreeing: out loud, at once, and then a pause. Rowan goes quiet first and thinks later. Juniper takes "
        "quiet for yes. We both wrote that down.",
    )
    pair.settle(rowan, meeting)
    rowan.says_held(meeting)
    pair.promises["lockers"] = juniper.promises(
        "Ask Tomé what it was like when they put me over him. Tell you what he says.", it.day(4, MON), source=meeting.id
    )
    pair.promises["hands"] = rowan.promises(
        "Sit beside Iiro while he fixes the forecast query, and not touch it", it.day(3, FRI), source=meeting.id
    )
    pair.promises["how"] = rowan.promises("Tell the team how I got the job", it.day(4, MON), source=meeting.id)


def _between_the_first_two(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(3, THU, "11:30")
    rowan.renegotiates(
        pair.promises["how"], "Tell each of the four how I got the job, one at a time", it.day(4, FRI),
        why="As a speech it would be for me. One at a time it might be for them. That takes until Friday week.",
    )  # fmt: skip
    it.on(3, THU, "17:05")
    juniper.answers_move(pair.promises["how"], "Yes. Choose the order before you begin. They will notice the order.")
    it.on(3, FRI, "12:15")
    rowan.keeps(pair.promises["hands"], "Forty minutes. I sat on my hands, literally. He found it. Not where I’d have.")
    it.on(3, FRI, "18:10")
    juniper.keeps(
        pair.promises["lockers"],
        "Asked him. He says I repainted the lockers before I had said good morning to anyone. Green. I had forgotten "
        "the lockers. He hadn’t.",
    )


def _second_meeting(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting = pair.meeting(4)
    it.on(4, MON, "16:20")
    rowan.adds(meeting, "I rewrite Iiro’s reports at night and put them back before he comes in")
    it.on(4, TUE, "09:55")
    left = juniper.adds(meeting, "The blank line")
    it.on(4, TUE, "16:57")
    juniper.sums_up(
        meeting,
        "The night shift. Rowan thinks it is kindness. Juniper did the same with welds, and nobody on the floor "
        "learned to weld overhead for two years.\n"
        "Iiro has known since the second week. The file says who saved it last.",
    )
    pair.settle(juniper, meeting, leave=[left])
    juniper.says_held(meeting, "Went over. We never got to the blank line.")
    pair.promises["back"] = rowan.promises(
        "Give the weekend report back to Iiro with one question and no edits", it.day(5, WED), source=meeting.id
    )
    pair.promises["count"] = juniper.promises(
        "Not answer in the first minute. Count if I have to.", it.day(6, TUE), source=meeting.id
    )
    it.on(4, FRI, "15:40")
    rowan.keeps(
        pair.promises["how"],
        "All four. Sefa first, because she’d mind least, then Aava, then Iiro. Marit last, and she said “I know how "
        "you got it.” I said the rest anyway.",
    )
    it.on(5, WED, "10:50")
    rowan.keeps(
        pair.promises["back"],
        "Given back. What came back was better than mine. I did not enjoy that as much as I ought to have.",
    )


def _third_meeting(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting = pair.meeting(6)
    it.on(6, MON, "17:15")
    rowan.adds(meeting, "The forecast meeting, in which I said nothing for an hour")
    it.on(6, TUE, "15:52")
    rowan.arrives(meeting, "Slept badly. Would rather talk about the forecast than about Marit.")
    juniper.arrives(meeting, "In a hurry, and trying not to hand it on to you.")
    it.on(6, TUE, "16:58")
    juniper.sums_up(
        meeting,
        "Forecast meeting: Rowan had the number and waited to be asked for it. Nobody asks for numbers.\n"
        "Marit: have it out this week, standing up, ten minutes, before it sets hard. Agreed.",
    )
    pair.settle(juniper, meeting)
    juniper.says_held(meeting)
    juniper.keeps(pair.promises["count"], "Eleven seconds, by the clock in the corner. Then you said the thing.")
    pair.promises["marit"] = rowan.promises(
        "Have it out with Marit before the week is over", it.day(6, FRI), source=meeting.id
    )
    pair.promises["letter"] = juniper.promises(
        "Find the letter I wrote to the woman who wanted my job, and never posted. Send it to you.", it.day(8, MON)
    )
    it.on(6, FRI, "17:10")
    rowan.keeps(pair.promises["marit"], "Done. Ten minutes, standing up. Please don’t ask me how it was until Monday.")
