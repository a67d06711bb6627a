"""A made-up partnership, enough to render every layout and component without a store."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader

from tests.design import HERE, TEMPLATES
from tilth.design.environment import environment
from tilth.design.rings import Month, picture

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def sample_environment() -> Environment:
    return environment(autoescape=True, loader=FileSystemLoader([TEMPLATES, HERE / "pages"]))


def sample_context() -> dict[str, Any]:
    partnership = UUID(int=1)
    zone = ZoneInfo("Europe/Berlin")
    ines = SimpleNamespace(
        id=UUID(int=3),
        person=SimpleNamespace(name="Ines Duarte"),
        called="Ines",
        role="mentor",
        now_zone=zone,
        accepted=None,
        left_at=None,
    )
    you = SimpleNamespace(
        id=UUID(int=2), person=SimpleNamespace(name="Yaw Mensah"), called="Yaw", other=ines, role="mentee",
        partnership_id=partnership, partnership=SimpleNamespace(id=partnership), now_zone=zone,
    )  # fmt: skip
    return {
        "member": you, "other": ines, "at": AT, "nav": places(), "context_json": '{"card":"</script>"}',
        "step": STEP, "mine": MINE, "theirs": THEIRS, "meeting": MEETING, "picture": picture(MONTHS, TODAY),
    }  # fmt: skip


def places() -> list[SimpleNamespace]:
    found = (
        ("home", "Home", "sprout"), ("meetings", "Meetings", "calendar"), ("messages", "Messages", "message-circle"),
        ("commitments", "Commitments", "circle-check"), ("agreement", "Agreement", "handshake"),
        ("membership", "The two of you", "key-round"), ("timeline", "Timeline", "rows-3"),
    )  # fmt: skip
    return [
        SimpleNamespace(slug=slug, title=title, icon=icon, url=f"/p/1/{slug}/", current=slug == "home", count=count)
        for (slug, title, icon), count in zip(found, (0, 0, 1, 0, 0, 0, 0), strict=True)
    ]


def due(text: str, when: str, *, late: bool = False) -> SimpleNamespace:
    return SimpleNamespace(text=text, plain="", url="#", title=None, when_words=when, late=late)


STEP = SimpleNamespace(
    key="advice", title="Tell Ines what became of the advice on the pricing talk.", sealed=None, url="#",
    why="She gave it nine days ago, and nobody has come back to it. Two lines are enough.", action="Write two lines",
)  # fmt: skip
MINE = [
    due("Draft the outline for the team talk", "tomorrow"),
    due("Reply in “Should I take the lead role?”", "by Thursday noon"),
]
THEIRS = [due("Introduce you to someone who has run a migration like yours", "by 4 December")]
MEETING = SimpleNamespace(
    heading="Next meeting", strong="Tuesday 24 November, 16:00", url="#", soon=True,
    lines=(("", "15:00 for Ines. Two things on the agenda, one carried over."),),
)  # fmt: skip
MONTHS = [
    Month(first_day=date(2026, 6, 1), counts={"meeting": 2, "commitment": 1, "message": 8}),
    Month(first_day=date(2026, 7, 1), counts={"meeting": 2, "commitment": 3, "learning": 1, "message": 6}),
    Month(first_day=date(2026, 8, 1), counts={"message": 1}, paused=True),
    Month(first_day=date(2026, 9, 1), counts={"meeting": 2, "commitment": 2, "learning": 2, "message": 9}),
    Month(first_day=date(2026, 10, 1), counts={"meeting": 3, "commitment": 4, "learning": 1, "message": 12}),
    Month(first_day=date(2026, 11, 1), counts={"meeting": 1, "commitment": 1, "message": 4}),
]
