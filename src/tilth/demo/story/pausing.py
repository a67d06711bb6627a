"""Weeks 17 to 20: a short meeting, and two weeks in which nothing was expected."""

from tilth.demo.stage import MON, THU, TUE, WED
from tilth.demo.voice import Pair


def pausing(pair: Pair) -> None:
    _before(pair)
    _away(pair)


def _before(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting = pair.meeting(17)
    it.on(17, WED, "09:40")
    juniper.keeps(
        pair.promises["ten"],
        "Three weeks. Tomé asked four times. I changed it without being asked once, on the second Friday, and told him "
        "so before he could. Fourteen snags.",
    )
    juniper.adds(meeting, "What to do with my mornings")
    it.on(17, THU, "09:10")
    rowan.adds(meeting, "An offer I don’t understand: the migration group")
    it.on(17, THU, "15:46")
    juniper.sums_up(
        meeting,
        "Mornings: Juniper walks the hall at seven, when there is nobody to correct.\n"
        "The migration: they want somebody who knows the data and doesn’t shout. Rowan suspects that it’s the second "
        "that counts. Nothing to decide yet.\n"
        "Rowan said after half an hour that it wasn’t a day for this. We stopped.",
    )
    pair.settle(juniper, meeting)
    juniper.says_held(meeting)
    pair.promises["page"] = rowan.promises(
        "One page on what the migration would take out of my team", it.day(19, WED), source=meeting.id
    )


def _away(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(18, MON, "09:10")
    rowan.pauses("Something at home. I’d rather not write about it. Two weeks, I think.", back_on=it.day(20, MON))
    it.on(18, MON, "11:30")
    thread = juniper.begins(
        "While you’re away",
        "Nothing here needs you. I keep the Thursday free and put nothing on it. There is no question in this message.",
    )
    it.on(20, MON, "10:05")
    rowan.comes_back("Back. It’s quieter at home now. Thank you for not asking. I may tell you one day, or not.")
    rowan.answers(thread, "I read this on the second day. It helped that there was nothing in it.")
    it.on(20, TUE, "16:20")
    juniper.keeps(
        pair.promises["apprentice"],
        "Told him at the gasket, with two others listening, since two others had listened to the barking.",
    )
    it.on(20, WED, "09:50")
    rowan.asks_release(
        pair.promises["page"],
        "The group has put it off until the next season is on sale. I could still write the page, but I’d be writing "
        "it for nobody. Would you let me off?",
    )
    it.on(20, WED, "11:15")
    juniper.releases(pair.promises["page"], "Gone. You asked on a Wednesday for a Wednesday. I have seen worse.")
