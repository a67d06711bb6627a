"""Which Tilth this is."""

from functools import cache

from tilth.accounts.models import Instance


@cache
def instance_id() -> str:
    """The id of this instance, a UUID as text; made once, then part of every card and entry."""
    instance, _ = Instance.objects.get_or_create(only=True)
    return str(instance.pk)
