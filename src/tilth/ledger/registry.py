"""All chapters and kinds, as the settings list them."""

from functools import cache
from importlib import import_module

from django.conf import settings

from tilth.ledger.chapter import Chapter
from tilth.ledger.kinds import Act, Kind
from tilth.partnerships.terms import Terms


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter, in the order of the navigation."""
    found = [import_module(f"{name}.chapter").chapter for name in settings.TILTH_CHAPTERS]
    return tuple(sorted(found, key=lambda chapter: chapter.place))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name."""
    return {kind.name: kind for chapter in chapters() for kind in chapter.kinds}


@cache
def chapter_of(kind: str) -> Chapter:
    """The chapter that owns a kind."""
    return next(chapter for chapter in chapters() if any(own.name == kind for own in chapter.kinds))


def enter_into_force(act: Act, terms: Terms) -> None:
    """From this act on the partnership lives by `terms`; every chapter that depends on them is told."""
    partnership = act.partnership
    partnership.terms = terms.model_dump(mode="json")
    partnership.terms_entry = act.subject
    partnership.save(update_fields=["terms", "terms_entry"])
    for chapter in chapters():
        chapter.terms_changed(act, terms)
