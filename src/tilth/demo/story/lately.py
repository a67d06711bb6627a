"""The last days: a thing that can wait, a letter that can't, and half an hour on offer."""

from tilth.demo.voice import Pair


def lately(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.ago(2, "10:20")
    juniper.begins(
        "A thing on the slipway",
        "There’s a heron that stands on the slipway when the tide is out. This morning the new apprentice walked round "
        "it with a length of pipe on his shoulder rather than make it move. It took him four minutes. Nobody said "
        "hurry up, and I noticed that the nobody was me.",
    )
    it.ago(2, "11:30")
    rowan.asks(
        juniper, "Would you tell my four about the green lockers? Ten minutes, by video, no moral.", it.coming(8).date()
    )
    it.ago(1, "15:20")
    rowan.begins(
        "The letter, with my name under it",
        "Here it is, all nine lines.\n\n"
        "“The forecast for the new season comes one week later than we said. Please don’t set your prices before you "
        "have it. We found an error of ours in the old one and would rather be late than wrong twice. Nothing you have "
        "sold is affected. Marit Salo built the new one and answers questions about it. I answer for the delay.”\n\n"
        "Is there anything in it that I wrote so as to be liked?",
        awaits=True,
    )
    it.ago(1, "16:45")
    juniper.offers(
        [it.coming(2, "10:00"), it.coming(3, "09:30"), it.coming(3, "14:30")],
        "Half an hour before you sit down with Marit? I’d bring questions only. Say no if you’d rather go in alone.",
        minutes=30, place="phone",
    )  # fmt: skip
