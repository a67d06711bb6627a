"""How messages are told on the timeline, and how a waiting answer is spoken of: kindly, and never with a count."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tilth.chapters.messages.models import Message
from tilth.design.dates import by_moment, calendar_day, near_day
from tilth.design.wording import RESTS
from tilth.ledger.kinds import Telling
from tilth.partnerships.models import Member
from tilth.protocol import clock


def written(telling: Telling) -> str:
    return "wrote a message" if telling.data.expects == "reply" else "wrote a message, with no rush"


def seen(telling: Telling) -> str:
    today = clock.now().astimezone(telling.viewer.now_zone).date()
    return f"will answer a message by {calendar_day(telling.data.by, today)}"


def withdrawn(_: Telling) -> str:
    return "withdrew a message"


def waiting(message: Message, by: datetime | None, viewer: Member, now: datetime) -> str:
    """By when, in few words, for the one who looks."""
    mine = message.recipient_id == viewer.id
    if by is None:
        return RESTS
    if by <= now:
        return "whenever you can now" if mine else "still to come"
    if message.promised_day is not None:
        last = (by - timedelta(microseconds=1)).astimezone(ZoneInfo(message.zone)).date()
        day = near_day(last, now.astimezone(viewer.now_zone).date())
        return f"by {day}, as {'you' if mine else 'they'} said"
    return by_moment(by, viewer.now_zone, now)
