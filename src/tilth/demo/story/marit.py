"""Weeks 7 to 10: advice that did not fit, a meeting that did not happen, and what they made of both."""

from tilth.demo.stage import FRI, MON, THU, TUE, WED
from tilth.demo.voice import Pair


def marit(pair: Pair) -> None:
    _told_badly(pair)
    _not_there(pair)
    _call(pair)
    _slowly(pair)


def _told_badly(pair: Pair) -> None:
    it, rowan = pair.stage, pair.mentee
    it.on(7, MON, "11:10")
    pair.threads["marit"] = rowan.begins(
        "What happened with Marit",
        "I caught her in the office kitchen, because you said standing up. I said I knew she had wanted it, and that "
        "I hoped we could be open with each other. She went on drying a spoon. Then she said: “You want me to make "
        "you feel all right about it.” And then she put all the spoons away, one at a time, and I stood there.\n\n"
        "Aava was at the table the whole time. I hadn’t seen her.\n\n"
        "What do I do on Wednesday, when the two of us present together?",
        awaits=True,
    )


def _not_there(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting, thread = pair.meeting(8), pair.threads["marit"]
    it.on(8, TUE, "09:20")
    rowan.adds(meeting, "Spoons")
    it.on(8, TUE, "16:24")
    rowan.says_missed(meeting, "I waited until twenty past. I hope nobody is hurt.")
    it.on(8, WED, "09:50")
    juniper.answers(
        thread,
        "Nobody is hurt. Forty-one took water through the stern gland on trial and I was below until eleven at night. "
        "I should have sent one line.\n\n"
        "About Marit. These talks are always bumpy. The main thing is that it’s out. Don’t pick at it.",
    )
    it.on(8, WED, "12:35")
    rowan.answers(
        thread,
        "It wasn’t bumpy. It was wrong. I did it your way: standing up, ten minutes, this week. But it was your way, "
        "on your floor, with somebody you’ve never met. I have to sit six metres from her.\n\n"
        "I asked you a question nine days ago and there was a Wednesday in it. That Wednesday is over.\n\n"
        "I’m not sure I want to talk about her here any more.",
    )
    it.on(8, FRI, "08:40")
    juniper.answers(
        thread,
        "I have written three answers and taken them all back. You are right about the Wednesday, and right about the "
        "floor. I would like to say it aloud and not type it with two fingers. If you don’t want that, say so and I "
        "will leave it.",
    )
    pair.threads["offer"] = juniper.offers(
        [it.moment(9, TUE, "09:30"), it.moment(9, WED, "15:00")],
        "Half an hour, by telephone. No agenda from me. Either is good.",
        minutes=30, place="phone",
    )  # fmt: skip


def _call(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(9, MON, "09:35")
    chosen = it.moment(9, WED, "15:00")
    rowan.accepts(pair.threads["offer"], chosen, "Wednesday. I’ll be walking, so that I don’t sit there with notes.")
    call = pair.meeting(9)
    it.on(9, WED, "14:51")
    juniper.arrives(call, "Ashamed, if you want the word. Not asking you to do anything about it.")
    rowan.arrives(call, "Still cross. Came anyway.")
    it.on(9, WED, "15:33")
    juniper.sums_up(
        call,
        "Juniper heard “Marit” and answered with a woman from her own yard, thirty years ago. Rowan noticed at the "
        "time and said yes to be done with it.\n"
        "From now on three questions before any advice, and Rowan counts them. And Rowan says on the day when "
        "something doesn’t fit. “I can’t say why” is enough.",
    )
    juniper.says_held(call)
    pair.promises["three"] = juniper.promises("Three questions before any advice. You count.", it.day(12, FRI))
    pair.promises["says so"] = rowan.promises(
        "Say it on the day when advice doesn’t fit, even when I can’t say why", it.day(14, TUE)
    )
    juniper.owns(
        pair.promises["letter"],
        "I said Monday, and on Monday I hadn’t even looked. It is in a tin at my sister’s. I didn’t go because I "
        "didn’t want to read it. I go on Sunday.",
        then="move", due=it.day(10, MON),
    )  # fmt: skip
    it.on(9, WED, "18:05")
    juniper.looks_back(call, "fully", "mostly", "I found out that I can be told off and go on breathing.")
    it.on(9, THU, "09:10")
    rowan.looks_back(call, "fully", "fully", "You said “I don’t know her” and stopped. That was the moment.")


def _slowly(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(10, MON, "09:15")
    juniper.keeps(
        pair.promises["letter"],
        "Sent by post, to the theatre’s address you gave me. It’s worse than I remembered. Read the second page first; "
        "the first is only me being reasonable.",
    )
    meeting = pair.meeting(10)
    rowan.adds(meeting, "Marit, from the beginning, slowly")
    it.on(10, TUE, "11:20")
    juniper.adds(meeting, "A favour: we keep a snag log, and I can’t read it any more")
    it.on(10, TUE, "16:55")
    rowan.sums_up(
        meeting,
        "Four questions, no advice. What came out: I have never asked Marit anything at work, only about work. She "
        "built the first forecast, years before I came. I know that from a comment in the code.\n"
        "The snag log: eleven clipboards. Juniper reads them standing in the rain.",
    )
    pair.settle(rowan, meeting)
    rowan.says_held(meeting)
    pair.promises["scan"] = juniper.promises("Have the clipboards scanned for you, stains and all", it.day(11, WED))
    pair.promises["forecast"] = rowan.promises(
        "Ask Marit what she would do about the forecast, and write it down in her words",
        it.day(12, MON),
        source=meeting.id,
    )
    pair.promises["snags"] = juniper.asks(
        rowan, "Would you look at two months of our snag log and tell me what you see?", it.day(13, FRI)
    )
    it.on(11, MON, "10:30")
    rowan.takes_on(pair.promises["snags"], "Yes. I’d want it raw, with the crossings-out.")
