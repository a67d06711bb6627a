"""The structured, public part of an agreement: what the product acts on.

Everything is checked here once, with a sentence for the person who typed it, so that no other code meets an unknown
zone or an end before its start.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from tilth.accounts.zones import known_zones
from tilth.partnerships.rule import UnknownRule, parse_rule

if TYPE_CHECKING:
    from tilth.partnerships.models import Partnership

LONGEST_AGREEMENT = timedelta(days=731)
Place = Literal["video", "phone", "in person", "written"]
PLACES: dict[str, str] = {"video": "by video", "phone": "by phone", "in person": "in person", "written": "in writing"}
"""Each place in words, in the order in which they are offered."""


def clock(text: str) -> time:
    """The time of day that a checked "HH:MM" says."""
    return time.fromisoformat(text)


def minute_of_day(text: str) -> int:
    at = clock(text)
    return at.hour * 60 + at.minute


def wrong(code: str, sentence: str) -> PydanticCustomError:
    """An error whose whole message is the sentence."""
    return PydanticCustomError(code, "{sentence}", {"sentence": sentence})


def _known_zone(text: str) -> str:
    if text not in known_zones():
        raise wrong("unknown_zone", "We don’t know this time zone. Choose one such as Europe/Berlin.")
    return text


def _clock_text(text: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise wrong("not_a_time", "Write a time as hours and minutes, such as 17:30.")
    return text


def _rule_text(text: str) -> str:
    try:
        parse_rule(text)
    except UnknownRule as unknown:
        raise wrong("unknown_rhythm", str(unknown)) from None
    return text


def _day(value: object) -> date:
    """A plain calendar day; pydantic alone would take timestamps too."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise wrong("not_a_day", "There is no such day in the calendar.") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise wrong("not_a_day", "Write a day as year, month and day, such as 2026-11-24.")
    if not 2000 <= value.year < 2200:
        raise wrong("day_too_far", "Choose a day between the years 2000 and 2199.")
    return value


def _whole(lowest: int, highest: int, sentence: str) -> BeforeValidator:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise wrong("out_of_range", sentence)
        return value

    return BeforeValidator(check)


def _week_days(chosen: list[int]) -> list[int]:
    if not chosen or len(set(chosen)) != len(chosen) or not all(0 <= day <= 6 for day in chosen):
        raise wrong("no_days", "Choose at least one day of the week, each once.")
    return sorted(chosen)


def _budget(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.5 <= value <= 200:
        raise wrong("out_of_range", "The time you have in a month is between half an hour and 200 hours.")
    return float(value)


def _capacity(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 50:
        raise wrong("out_of_range", "The partnerships you can carry at once are a whole number from 1 to 50.")
    return value


Zone = Annotated[str, AfterValidator(_known_zone)]
ClockText = Annotated[str, AfterValidator(_clock_text)]
Day = Annotated[date, BeforeValidator(_day)]
Minutes = Annotated[int, _whole(5, 480, "A meeting lasts from 5 minutes to 8 hours.")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rhythm(Strict):
    """The agreed recurrence of meetings, by the wall clock of its zone; `ends` is the last day it may fall on."""

    rrule: Annotated[str, Field(max_length=100), AfterValidator(_rule_text)]
    start: Day
    time: ClockText
    zone: Zone
    minutes: Minutes
    ends: Day
    place: Place

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_span(self.start, self.ends, "The rhythm")
        return self


class MemberTerms(Strict):
    """One member's own limits, by the wall clock of their zone.

    `days` (0 = Monday) and `available_*` are working hours within one day; quiet hours may cross midnight, and are none
    where both ends are the same. `monthly_hours` is the time they have for this partnership, None when they set none.
    `capacity` is how many partnerships they can carry at once, this one among them; None where they said nothing.
    """

    zone: Zone
    days: Annotated[list[int], AfterValidator(_week_days)] = [0, 1, 2, 3, 4]
    available_from: ClockText = "09:00"
    available_to: ClockText = "18:00"
    quiet_from: ClockText = "20:00"
    quiet_to: ClockText = "08:00"
    monthly_hours: Annotated[float | None, BeforeValidator(_budget)] = None
    capacity: Annotated[int | None, BeforeValidator(_capacity)] = None

    @model_validator(mode="after")
    def _leaves_time(self) -> Self:
        if minute_of_day(self.available_from) >= minute_of_day(self.available_to):
            raise wrong("hours_reversed", "Working hours end after they start, on the same day.")
        if sum(end - start for start, end in self.working_minutes()) < 30:
            raise wrong("no_hours_left", "The quiet hours leave less than half an hour of the working hours.")
        return self

    def quiet_minutes(self) -> list[tuple[int, int]]:
        """Quiet hours as stretches of a day, in minutes since midnight."""
        start, end = minute_of_day(self.quiet_from), minute_of_day(self.quiet_to)
        if start == end:
            return []
        return [(start, end)] if start < end else [(0, end), (start, 1440)]

    def working_minutes(self) -> list[tuple[int, int]]:
        """Working hours without the quiet ones, in minutes since midnight."""
        stretches = [(minute_of_day(self.available_from), minute_of_day(self.available_to))]
        for quiet_start, quiet_end in self.quiet_minutes():
            cut = [((start, min(end, quiet_start)), (max(start, quiet_end), end)) for start, end in stretches]
            stretches = [part for pair in cut for part in pair if part[0] < part[1]]
        return stretches


class Terms(Strict):
    """What is agreed, as far as the product acts on it. Keys of `members` are person ids."""

    rhythm: Rhythm | None = None
    window_hours: Annotated[int, _whole(1, 240, "Answers come within 1 to 240 working hours.")] = 16
    notice_hours: Annotated[int, _whole(0, 336, "Notice for moving a meeting is at most 336 hours.")] = 24
    schedules: Literal["either"] | UUID = "either"
    members: Annotated[dict[UUID, MemberTerms], Field(min_length=1, max_length=12)]
    digest_hours: Annotated[int, _whole(0, 336, "Time to digest feedback is at most 336 hours.")] = 24
    begins: Day
    ends: Day

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _check_span(self.begins, self.ends, "The agreement")
        if self.rhythm is not None and self.rhythm.ends > self.ends:
            raise wrong("rhythm_outlasts", "The rhythm can’t go on after the agreement ends.")
        if self.schedules != "either" and self.schedules not in self.members:
            raise wrong("unknown_scheduler", "The one who schedules is one of the two of you, or either.")
        return self

    def of(self, person: UUID, *, zone: str = "UTC") -> MemberTerms:
        """A person's limits; gentle defaults in their zone where the agreement doesn't name them."""
        return self.members.get(person) or MemberTerms(zone=zone)


def _check_span(first: date, last: date, what: str) -> None:
    if last < first:
        raise wrong("ends_before_start", f"{what} ends after it starts.")
    if last - first > LONGEST_AGREEMENT:
        raise wrong("too_long", f"{what} lasts at most two years. You can always renew it.")


def terms_of(partnership: "Partnership") -> Terms:
    """The terms in force; before there are any, gentle limits: weekdays nine to six in each one's zone, no rhythm."""
    if partnership.terms:
        return Terms.model_validate(partnership.terms)
    begins = partnership.opened_at.date()
    own = {seat.person_id: MemberTerms(zone=seat.person.zone) for seat in partnership.everyone}
    return Terms(members=own, begins=begins, ends=begins + timedelta(days=365))
