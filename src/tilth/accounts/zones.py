"""The time zones there are."""

from functools import cache
from zoneinfo import available_timezones


@cache
def known_zones() -> frozenset[str]:
    """Read once: it is some six hundred files."""
    return frozenset(available_timezones())
