"""Weeks 0 and 1: an invitation, two hopes, and an agreement that was not the first draft."""

from tilth.demo.stage import FRI, MON, THU, TUE, WED
from tilth.demo.story.agreement import COUNTER, FIRST_DRAFT, SUCCESS_OF_JUNIPER
from tilth.demo.story.terms import agreed, asked_for
from tilth.demo.voice import Pair


def beginning(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee

    it.on(0, MON, "10:20")
    opening = juniper.opens("mentor")
    invitation = juniper.invites("mentee")
    it.on(0, TUE, "18:05")
    rowan.joins(invitation)
    it.on(0, TUE, "18:16")
    rowan.hopes(
        "To stop rehearsing every sentence before I say it to people who were my colleagues on Friday and my team on "
        "Monday.",
        opening=opening,
    )
    it.on(0, WED, "09:40")
    juniper.hopes(
        "To be asked the things I stopped asking myself. And to see how somebody leads who can’t just pick up the tool "
        "and do it.",
        opening=opening,
    )
    _first_words(pair)
    _agreeing(pair)


def _first_words(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(0, WED, "15:10")
    thread = juniper.begins(
        "Before we write anything down",
        "I have done this twice. The first time we agreed on nothing, and were polite until it stopped. So there will "
        "be a draft from me tomorrow, and you will change it.\n\n"
        "One question until then. What did you do in the first hour after they told you?",
        awaits=True,
    )
    it.on(0, THU, "09:25")
    rowan.answers(
        thread,
        "I went back to my desk and finished the query I’d been writing. Then I sat in the stairwell for a while.\n\n"
        "The others hadn’t been told. So all afternoon I knew something about four people that they didn’t know, and "
        "one of them had applied for the same job. I made her a coffee. I don’t think I’d ever made her a coffee.",
    )


def _agreeing(pair: Pair) -> None:
    it, juniper, rowan = pair.stage, pair.mentor, pair.mentee
    it.on(0, THU, "16:45")
    draft = juniper.proposes(asked_for(pair), FIRST_DRAFT)
    it.on(0, FRI, "16:35")
    answer = rowan.proposes(agreed(pair), COUNTER, replaces=draft)
    it.on(1, MON, "10:05")
    juniper.signs(
        answer,
        success=SUCCESS_OF_JUNIPER,
        note=(
            "Better than mine. I read “each of us, not only Rowan” twice, once with my hackles up. Then I put it to "
            "Tomé, without your name, and he laughed for longer than was needed. Signed."
        ),
    )
    it.on(1, WED, "14:20")
    pair.promises["expectations"] = rowan.promises(
        "Write down what I think each of the four expects of me. One line each.", it.day(2, MON)
    )
