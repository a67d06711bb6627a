"""Taking a sealed text away for good: the fact that it was there stays, and the chain still verifies."""

from uuid import UUID

from tilth.ledger.models import Entry
from tilth.partnerships.models import Partnership


def ciphertext_of(entry: UUID, partnership: Partnership) -> None:
    """Delete what was sealed in `entry`. The one change to an entry that the database allows."""
    Entry.objects.filter(id=entry, partnership=partnership).update(ct=None)
