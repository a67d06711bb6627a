"""Weeks 21 to 24: what went on without Rowan, and a weld that nobody was blamed for."""

from tilth.demo.stage import FRI, MON, THU, TUE, WED
from tilth.demo.voice import Pair


def back_again(pair: Pair) -> None:
    _not_needed(pair)
    _blame(pair)
    _still_useful(pair)


def _not_needed(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting = pair.meeting(21)
    it.on(21, WED, "16:10")
    rowan.adds(meeting, "They didn’t need me for two weeks")
    it.on(21, THU, "10:05")
    juniper.adds(meeting, "Tomé wants to be called deputy in writing")
    it.on(21, THU, "14:53")
    rowan.arrives(meeting, "Thin. Glad to be here.")
    juniper.arrives(meeting, "Glad you are. I’ll let you begin.")
    it.on(21, THU, "15:44")
    rowan.sums_up(
        meeting,
        "Marit ran Mondays while I was away. Nobody told me, because nobody thought it was news. I was hurt for an "
        "afternoon, and then I slept better than I have since they gave me the job.\n"
        "Tomé has done the deputy’s work for nine years under the name of foreman. Juniper found that it costs her "
        "nothing, and asked herself what it cost him.",
    )
    pair.settle(rowan, meeting)
    rowan.says_held(meeting)
    pair.promises["mondays"] = rowan.promises("Ask Marit to keep Mondays. Ask, not assign.", it.day(22, WED))
    pair.promises["deputy"] = juniper.promises("Tomé’s name on the trial plan, above mine", it.day(23, TUE))
    it.on(22, MON, "14:30")
    rowan.keeps(pair.promises["mondays"], "She said: “I thought I had.”")


def _blame(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(22, TUE, "09:20")
    thread = juniper.begins(
        "A weld and a name",
        "We found a bad weld on frame nineteen, painted over. The office wants a name by Friday. I know whose it is. "
        "He is good, and his wife had a child that week.\n\n"
        "When one of your forecasts is wrong and nineteen theatres are cross, what do your four do?",
        awaits=True,
    )
    it.on(22, TUE, "15:55")
    answer = rowan.answers(
        thread,
        "We used to find out who. Now we write down what the forecast knew on the day it was made, before anybody is "
        "allowed to say what it ought to have known. It takes an hour. It’s boring, and that helps.\n\n"
        "Mostly it turns out that three people knew a third each.",
    )
    it.on(22, WED, "09:30")
    juniper.answers(thread, "Three people with a third each. I can think of the three. I’ll try it your way first.")
    pair.promises["weld"] = juniper.promises(
        "Frame nineteen: write down what was known that day, before anyone says a name", it.day(24, FRI), source=answer
    )
    it.on(23, MON, "17:20")
    juniper.keeps(pair.promises["deputy"], "Done. He has checked the spelling twice.")


def _still_useful(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    meeting = pair.meeting(23)
    it.on(23, WED, "10:45")
    rowan.adds(meeting, "A letter to nineteen theatres that their forecast will be a week late")
    it.on(23, THU, "08:50")
    left = juniper.adds(meeting, "What you would do with the job if nobody had given it to you")
    it.on(23, THU, "15:43")
    rowan.sums_up(
        meeting,
        "The letter. My first draft explained the delay for a page and a half. Asked what the theatres have to do "
        "differently, I had one sentence. That’s the letter.\n"
        "Asked who should sign it, I said Pihla. Then I said me.",
    )
    pair.settle(rowan, meeting, leave=[left])
    rowan.says_held(meeting)
    pair.promises["draft"] = rowan.promises(
        "Write the letter to the theatres before anyone helps", it.day(25, WED), source=meeting.id
    )
    it.on(24, THU, "16:30")
    juniper.keeps(
        pair.promises["weld"],
        "An hour, as you said, and as boring. The drawing was wrong, the light was out, and he was told to hurry. By "
        "me. He said his own name at the end, and nobody had asked for it.",
    )
    it.on(24, FRI, "10:10")
    rowan.answers(
        pair.threads["marit"],
        "I’m writing this here because this is where it began. Marit asked me today whether I’d like a spoon. That is "
        "the whole story.",
    )
