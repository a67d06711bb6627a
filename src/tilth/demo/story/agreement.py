"""The prose of the agreement: as Juniper drafted it, as Rowan changed it, and as they amended it."""

FIRST_DRAFT = {
    "channels": (
        "Here for anything that matters. Telephone if the building is on fire, yours or mine.\n"
        "I type with two fingers and no greeting. It is not meant coldly."
    ),
    "off_limits": "Pay. Religion. What either of us thinks of the other’s director.",
    "between_us": (
        "What is said here stays here. I don’t tell the floor and you don’t tell the theatres.\n"
        "If somebody could get hurt I will pick up the telephone, and I will tell you first."
    ),
    "who_knows": "My deputy Tomé knows that I do this, because he covers for me. Nobody else has to.",
    "meetings": (
        "We start on time. You bring what is on your mind and I tell you what I see.\n"
        "We end with what each of us does next."
    ),
    "time": "An hour a week from me, and I answer within the day. If I can’t, I say so.",
    "confidences": "Nothing on paper lying about. I leave this closed when I’m on the floor.",
    "success": (
        "You have a difficult conversation without telephoning me first, and afterwards you tell me something about it "
        "that I had not thought of."
    ),
    "note": "Cross out what you like. I would rather have half of this and mean it.",
}

COUNTER = {
    "channels": (
        "Here for anything that matters. Telephone if the building is on fire, or after asking here whether now is "
        "good.\n"
        "Juniper types with two fingers and no greeting. Rowan writes too much and then apologises for it. Neither is "
        "meant.\n"
        "A question at the end of a message means that an answer is wanted. No question, no answer needed."
    ),
    "off_limits": (
        "Pay. Religion. What either of us thinks of the other’s director, unless it is the subject.\n"
        "What is going on at home, unless whoever it belongs to brings it up."
    ),
    "between_us": (
        "What is said here stays here. Not to the floor, not to the theatres, not as an anecdote without names.\n"
        "If somebody could get hurt Juniper picks up the telephone, and says so first. So does Rowan."
    ),
    "who_knows": (
        "Tomé knows, because he covers for Juniper. Pihla knows that Rowan has a mentor, and not who.\n"
        "The four don’t know yet. Rowan will tell them when it would no longer sound like a complaint about them."
    ),
    "meetings": (
        "We start on time. Both of us put something on the agenda, so that it isn’t an examination.\n"
        "Rowan says first what kind of hour it should be: thinking aloud, being asked, or being told.\n"
        "We end with what each of us does next. Each of us. Not only Rowan."
    ),
    "time": (
        "Every second week, and better prepared. Answers within two working days; faster is a present and not a debt.\n"
        "Rowan’s team sits six metres away, so late afternoons."
    ),
    "confidences": (
        "Nothing on paper lying about, nothing open on the floor or in the shared office.\n"
        "If either of us has said too much somewhere, we tell the other before they hear it."
    ),
    "success": (
        "That I can give back somebody’s work without having fixed it first.\n"
        "That Marit and I can be in a kitchen at the same time. That I find out whether I want this, and not only "
        "whether I can."
    ),
    "note": (
        "I changed weekly to every second week. Weekly I’d come with nothing and tired, and feel that I owed you for "
        "it. I also added what you get to bring. It looked like a syllabus otherwise."
    ),
}

AMENDED = {
    **{name: text for name, text in COUNTER.items() if name not in ("success", "note")},
    "channels": COUNTER["channels"] + (
        "\nWhen one of us can’t come, one line beforehand. A bad line is better than none."
    ),
    "meetings": (
        "We start on time, on Thursdays, and stop after forty-five minutes even when it is going well.\n"
        "Both of us put something on the agenda. Rowan says first what kind of talk it should be.\n"
        "Three questions before any advice. Rowan counts. Advice that comes after that is advice and not the plan.\n"
        "When it doesn’t fit, Rowan says so on the day, with or without a reason.\n"
        "We end with what each of us does next."
    ),
    "who_knows": (
        "Tomé knows, because he covers for Juniper. Pihla knows that Rowan has a mentor, and not who.\n"
        "The four know since the spoons. It went better than either of us had said it would."
    ),
    "note": (
        "Thursdays, because Tuesday is now when the box offices ring. Forty-five minutes, because the last fifteen "
        "were always you looking at the hall. And I wrote down the three questions before we forget that we mean it."
    ),
}  # fmt: skip

SUCCESS_OF_JUNIPER = FIRST_DRAFT["success"]
