"""Erasing an account: what names or unlocks the person goes; the cards stay, so that what was signed still verifies."""

from collections.abc import Callable

from django.db import transaction

from tilth.accounts.models import Keyring, Link, Passkey, PendingCode, Person, Session, Wrap

Erasing = Callable[[Person], None]
_also: list[Erasing] = []


def also_erase(erasing: Erasing) -> None:
    """Lets a floor above take part: called in the same transaction, before anything here goes. Raising Refused keeps
    everything as it is, and its sentence is shown."""
    _also.append(erasing)


def erase(person: Person) -> None:
    """Erases the account for good. The row stays without name and address, as the owner of its public cards."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # who joins something at this moment comes before or after
        for erasing in _also:
            erasing(person)
        for table in (Session, Wrap, Keyring, Passkey, Link):
            table.objects.filter(person=person).delete()
        PendingCode.objects.filter(email=person.email).delete()
        person.email = f"{person.pk}@erased.invalid"
        person.name = ""
        person.zone = "UTC"
        person.is_active = False
        person.save()
