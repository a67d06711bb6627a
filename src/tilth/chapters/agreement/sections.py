"""The sections of an agreement, and words to start from.

A starting text stands in the field when a pair drafts its first agreement. It is meant to be changed: half of it
should fit most pairs, and the other half should show how concrete one may be.
"""

from dataclasses import dataclass
from typing import Literal

SectionKey = Literal["talk", "rhythm", "time", "success", "confidences"]


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One sealed field of a section."""

    field: str
    label: str
    hint: str
    start: str = ""
    rows: int = 5


@dataclass(frozen=True, kw_only=True)
class Section:
    key: SectionKey
    title: str
    lead: str
    passages: tuple[Passage, ...]


TALK = Section(
    key="talk",
    title="How we talk",
    lead="Where you write and call, how soon you answer, and what you leave out.",
    passages=(
        Passage(
            field="channels",
            label="Where we talk, and what each place is for",
            hint="Say what belongs where, and what to do when something can’t wait.",
            start=(
                "Messages here are for questions, for thoughts between meetings, and for all that should stay "
                "with the two of us.\n"
                "E-mail is for calendars, and for documents that others may see too.\n"
                "The phone is for the rare thing that can’t wait. We write first and ask whether now is good.\n"
                "If one of us writes late in the evening, it is because the thought came then. Nobody has to answer."
            ),
        ),
        Passage(
            field="off_limits",
            label="What we leave out",
            hint="Subjects that neither of you has to talk about.",
            start=(
                "Pay, health and what happens at home stay out, unless the one they belong to brings them up.\n"
                "We don’t judge colleagues who aren’t here to speak for themselves.\n"
                "Either of us can say “not today” to any subject. That is enough, and no one asks why."
            ),
        ),
        Passage(
            field="between_us",
            label="What stays between us, and where that ends",
            hint="Say what may be passed on, to whom, and what you could not keep to yourself.",
            start=(
                "What we say and write here is for the two of us. We don’t repeat it, hint at it or use it "
                "elsewhere, and that still holds when this partnership is over.\n"
                "If one of us would like to pass something on, they ask first, and say to whom and what for.\n"
                "It ends where somebody is in danger, or where the law leaves us no choice. Then we tell each other "
                "before we tell anyone else, if there is any way to."
            ),
        ),
        Passage(
            field="who_knows",
            label="Who may know that we meet",
            hint="Managers, colleagues, the programme, people at home.",
            start=(
                "Our managers may know that we meet and how often. What we talk about is ours.\n"
                "To others each of us mentions it only if the other is fine with that."
            ),
            rows=3,
        ),
    ),
)
RHYTHM = Section(
    key="rhythm",
    title="Our rhythm",
    lead="When you meet. Once you have both signed, the meetings are laid into both your calendars.",
    passages=(
        Passage(
            field="meetings",
            label="How we use the time when we meet",
            hint="Who brings what, how you begin and end, and what happens when one of you is late.",
            start=(
                "Each of us brings one thing at least, and puts it on the agenda the day before.\n"
                "The last five minutes are for what each takes away, and what each will do until next time.\n"
                "If one of us is ten minutes late without a word, the other may go. We find a new time.\n"
                "A meeting nobody could prepare is still worth having. We make it shorter."
            ),
        ),
    ),
)
TIME = Section(
    key="time",
    title="Our time",
    lead="What each of you can give, so that neither has to guess. Tilth warns before anyone asks for more.",
    passages=(
        Passage(
            field="time",
            label="How we look after each other’s time",
            hint="What counts, what is too much, and how you say so.",
            start=(
                "The hours we name here are what we can give without regretting it.\n"
                "When a month gets too full, the one who notices says so, and we do less rather than do it badly.\n"
                "Reading counts too. Before sending something long, we say how long it is and ask.\n"
                "Either of us can pause at any time. It needs no reason."
            ),
        ),
    ),
)
SUCCESS = Section(
    key="success",
    title="Our success",
    lead="What each of you hopes to be able to say at the end. You write your own; nobody writes it for you.",
    passages=(),
)
CONFIDENCES = Section(
    key="confidences",
    title="Our confidences",
    lead="How you look after what you have told each other.",
    passages=(
        Passage(
            field="confidences",
            label="How we keep what we were told",
            hint="Notes, devices, stories, and what happens if something slips out.",
            start=(
                "What we write down stays here. We keep no copies in our mail or in shared folders.\n"
                "We open it where nobody reads along, and lock the screen when we get up.\n"
                "A story belongs to the one who told it. The other doesn’t retell it, not even without the name.\n"
                "If something slips out, the one it happened to says so the same day. We talk first about what it "
                "means for the other, and only then about how it came about."
            ),
        ),
    ),
)
SECTIONS = (TALK, RHYTHM, TIME, SUCCESS, CONFIDENCES)

OWN_SUCCESS = Passage(
    field="success",
    label="What success is for you",
    hint=(
        "When this ends I would like to be able to say … I will notice it first when … "
        "What I hope to learn from you is …"
    ),
    rows=6,
)
