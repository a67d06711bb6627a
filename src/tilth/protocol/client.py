"""An author who is a script: the demo, tests and benches write entries with it, as a browser would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from tilth.protocol.cards import Card
from tilth.protocol.encoding import Json, uuid7
from tilth.protocol.entries import seal_entry
from tilth.protocol.keys import Keys

MOST_TRIES = 50


class StaleHead(Exception):
    """`send` raises it where another entry came first."""


@dataclass(frozen=True, kw_only=True)
class Author:
    """One member of one partnership.

    `head` gives the hash of the partnership's newest entry (None before the first); `send(header, ct, sig)` hands an
    entry to the door, and raises StaleHead where the head has moved on.
    """

    keys: Keys
    card: Card
    partnership: UUID
    head: Callable[[], bytes | None]
    send: Callable[[bytes, bytes | None, bytes], object]

    def write(
        self,
        kind: str,
        data: dict[str, Json],
        *,
        to: Sequence[Card],
        sealed: dict[str, Json] | None = None,
        subject: UUID | None = None,
        entry: UUID | None = None,
    ) -> UUID:
        """Seal, sign and send, again for as long as others come first; the entry's id. `to` holds the author too."""
        entry = entry or uuid7()
        seal = partial(
            seal_entry,
            self.keys,
            author=self.card,
            partnership=self.partnership,
            kind=kind,
            data=data,
            to=list(to),
            subject=subject,
            sealed=sealed,
            entry=entry,
        )
        for _ in range(MOST_TRIES):
            signed = seal(prev=self.head())
            try:
                self.send(signed.header, signed.ct, signed.sig)
            except StaleHead:
                continue
            return entry
        raise StaleHead(f"others came first {MOST_TRIES} times")
