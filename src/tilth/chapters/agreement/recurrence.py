"""A rhythm's rule as a person chooses it: how often, and on which days."""

from dataclasses import dataclass

from tilth.partnerships.rule import WEEKDAYS, Rule, parse_rule

WEEKS = {1: "every week", 2: "every second week", 3: "every third week", 4: "every fourth week"}
MONTHS = {1: "every month", 2: "every second month", 3: "every third month"}
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the form shows for a rule. `often` is one of the form's options: `none`, `weeks-2`, `months-1`, or `kept`
    for a rule that was made elsewhere and that the form leaves as it is."""

    often: str = "none"
    rrule: str = ""
    weekdays: tuple[int, ...] = ()
    by: str = "weekday"
    nth: int = 1
    monthday: int = 1


def choice_of(rrule: str | None, *, weekday: int) -> Choice:
    """The form's choice for a rule; `weekday` is the day of the rhythm's start, for rules that name none."""
    if not rrule:
        return Choice(weekdays=(weekday,))
    rule = parse_rule(rrule)
    if rule.frequency == "WEEKLY" and rule.interval in WEEKS:
        return Choice(often=f"weeks-{rule.interval}", rrule=rrule, weekdays=rule.weekdays or (weekday,))
    if rule.frequency == "MONTHLY" and rule.interval in MONTHS and _shown(rule):
        return _monthly(rule, rrule, weekday)
    return Choice(often="kept", rrule=rrule, weekdays=(weekday,))


def _shown(rule: Rule) -> bool:
    return rule.monthday != -1 if rule.nth is None else rule.nth in ORDINALS


def _monthly(rule: Rule, rrule: str, weekday: int) -> Choice:
    often = f"months-{rule.interval}"
    if rule.monthday is not None:
        return Choice(often=often, rrule=rrule, weekdays=(weekday,), by="date", monthday=rule.monthday)
    return Choice(often=often, rrule=rrule, weekdays=rule.weekdays, nth=rule.nth or 1)


def weekly(weekday: int, *, every: int = 1) -> str:
    """The rule of a weekly rhythm."""
    return f"FREQ=WEEKLY;INTERVAL={every};BYDAY={WEEKDAYS[weekday]}"
