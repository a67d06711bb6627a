"""Small turns of English that templates need: numbers, lengths of time, initials, names."""

from collections.abc import Callable
from typing import Final

NUMBERS: Final = (
    "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905  (reads as counting)
)
HOUR: Final = 60
RESTS: Final = "rests while you pause"
"""Said of all that waits on somebody, in place of a day."""


def number(count: int, unit: str, many: str = "") -> str:
    """`one day`, `three days`, `20 minutes`: words up to twelve."""
    words = NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)
    return f"{words} {unit if count == 1 else many or unit + 's'}"


def length(minutes: int) -> str:
    """`45 minutes`, `one hour`, `an hour and a half`, `two hours`."""
    hours, rest = divmod(minutes, HOUR)
    if hours == 0:
        return number(minutes, "minute") if minutes < len(NUMBERS) else f"{minutes} minutes"
    if (hours, rest) == (1, 30):
        return "an hour and a half"
    return number(hours, "hour") if rest == 0 else f"{number(hours, 'hour')} {rest} minutes"


def working_time(hours: int, day_hours: int = 8) -> str:
    """A response window in people's terms, everywhere the same: `two working days`, `four working hours`."""
    days, rest = divmod(hours, day_hours)
    return number(days, "working day") if days and not rest else number(hours, "working hour")


def notice_time(hours: int) -> str:
    """`a day ahead`, `two days ahead`, `three hours ahead`; `any time before` where none was agreed."""
    if hours == 0:
        return "any time before"
    days, rest = divmod(hours, 24)
    if (days, rest) == (1, 0):
        return "a day ahead"
    return f"{number(days, 'day') if days and not rest else number(hours, 'hour')} ahead"


def initials(name: str) -> str:
    """One or two letters for the person's mark; a dot where there is no name yet."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "·"


def first_name(name: str, nameless: str = "Someone") -> str:
    """What one calls the other: the first word of the name; `nameless` where it is not known, or was erased."""
    return name.split()[0] if name.split() else nameless


def begun(words: str) -> str:
    """The same words at the beginning of a sentence: `Your mentor`."""
    return words[:1].upper() + words[1:]


def place_of_zone(zone: str) -> str:
    """`Lisbon` of `Europe/Lisbon`: what people call their time by."""
    return zone.rpartition("/")[2].replace("_", " ")


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "number": number,
    "length_words": length,
    "working_time": working_time,
    "notice_time": notice_time,
    "initials": initials,
    "first_name": first_name,
    "begun": begun,
    "place_of_zone": place_of_zone,
}
