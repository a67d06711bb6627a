"""Asking once for what several parts of one page want to know."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from tilth.partnerships.models import Member

P = ParamSpec("P")
T = TypeVar("T")


def once_a_page(
    query: Callable[Concatenate[Sequence[Member], P], T],
) -> Callable[Concatenate[Sequence[Member], P], T]:
    """Remember the answer on the first of the members it was asked for. A Member lives as long as its request, so
    nothing outlives the page; the same question is the same members and the same arguments."""

    @wraps(query)
    def answer(members: Sequence[Member], /, *args: P.args, **kwargs: P.kwargs) -> T:
        if not members:
            return query(members, *args, **kwargs)
        question = (query, tuple(member.id for member in members), args, tuple(sorted(kwargs.items())))
        if question not in members[0].asked:
            members[0].asked[question] = query(members, *args, **kwargs)
        found: T = members[0].asked[question]
        return found

    return answer
