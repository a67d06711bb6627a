"""Week 25: the last meeting so far, and what each said they would do after it."""

from datetime import timedelta
from uuid import UUID

from tilth.demo.stage import FRI, THU, WED
from tilth.demo.voice import Pair


def own_names(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting = pair.meeting(25)
    it.on(25, WED, "11:40")
    rowan.keeps(pair.promises["draft"], "Written. Nine lines. I took out “unfortunately” four times.")
    talk = rowan.adds(meeting, "Marit and I have our first yearly talk. I’m the one who holds it.")
    it.on(25, THU, "14:54")
    rowan.arrives(meeting, "Tired in the good way.")
    juniper.arrives(meeting, "I walked the hall at seven and nobody looked up. Not sure yet what I think of that.")
    it.on(25, THU, "15:47")
    juniper.sums_up(
        meeting,
        "The talk with Marit: Rowan wants to begin by asking what it was like, and then be quiet for longer than is "
        "comfortable. We practised being quiet. Juniper lost.\n"
        "Not reached again: what Rowan would do with the job if nobody had given it. It keeps for next time.",
    )
    juniper.settles(talk)
    juniper.says_held(meeting)
    _what_each_will_do(pair, meeting.id)
    it.on(25, FRI, "09:05")
    rowan.looks_back(meeting, "fully", "fully", "I forgot for a while that one of us is the mentor.")
    it.on(25, FRI, "11:40")
    juniper.looks_back(meeting, "fully", "fully", "So did I.")


def _what_each_will_do(pair: Pair, meeting: UUID) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    tomorrow = it.today + timedelta(days=1)
    rowan.promises("Send the letter to the nineteen theatres, with my name under it", tomorrow, source=meeting)
    rowan.promises("Ask Iiro what he would like to be doing in a year", it.coming(6).date(), source=meeting)
    juniper.promises(
        "Sit through Tomé’s trial plan without a word for half an hour", it.coming(3).date(), source=meeting
    )
