"""The public data of a meeting's entries: times, lengths, places, never prose."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, StrictBool

from tilth.design.wording import number
from tilth.ledger.kinds import Data
from tilth.partnerships.terms import Minutes, Place, wrong

MOST_TIMES = 5


def _moment(value: object) -> datetime:
    if not isinstance(value, str):
        raise wrong("not_a_moment", "Choose a day and a time.")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise wrong("not_a_moment", "Choose a day and a time.") from None
    if moment.tzinfo is None or not 2000 <= moment.year < 2200:
        raise wrong("not_a_moment", "Choose a day and a time, with its time zone.")
    return moment.astimezone(UTC)


def _few_times(times: tuple[datetime, ...]) -> tuple[datetime, ...]:
    if not 1 <= len(times) <= MOST_TIMES:
        raise wrong("times_missing", f"Offer one to {number(MOST_TIMES, 'time')}.")
    return tuple(sorted(set(times)))


Moment = Annotated[datetime, BeforeValidator(_moment)]
Times = Annotated[tuple[Moment, ...], AfterValidator(_few_times)]


class Proposed(Data):
    """An extra meeting, with times to choose from."""

    times: Times
    minutes: Minutes
    place: Place


class Noted(Data):
    """A meeting that happened without having been planned."""

    at: Moment
    minutes: Minutes
    place: Place


class TimesProposed(Data):
    """Other times for a meeting that is planned or proposed."""

    times: Times


class Accepted(Data):
    """One of the times that were asked for."""

    time: Moment


class Moved(Data):
    """The new start."""

    to: Moment


class Settled(Data):
    """Talked about, or (false) opened again."""

    settled: StrictBool


class SummedUp(Data):
    """A version of the shared summary; `replaces` is the one it was written over, None for the first."""

    replaces: UUID | None
