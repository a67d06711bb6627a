"""People who write over HTTP to a real server, as fast as it lets them. `python -m tests.writers 4`: four pairs."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.server import settings_of_none

CSRF = "c" * 32


@dataclass(frozen=True)
class Seat:
    """All that a script needs to write as one member: session, keys, place, and the cards to seal to."""

    cookie: str
    root: str
    card: str
    partnership: str
    to: tuple[str, ...]


def make_pairs(pairs: int, settings: dict[str, str]) -> list[Seat]:
    """Pairs of signed-in people in partnerships, laid in the store that these settings name."""
    env = {**settings_of_none(), **settings, "TILTH_ALLOWED_HOSTS": "testserver"}
    made = subprocess.run([sys.executable, "-m", __name__, str(pairs)], env=env, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return [Seat(**{**seat, "to": tuple(seat["to"])}) for seat in json.loads(made.stdout)]


class Writer:
    """One member at the door. `writes()` returns once an entry was acknowledged, whatever happened on the way."""

    def __init__(self, seat: Seat, port: int) -> None:
        from tilth.protocol.cards import read_card
        from tilth.protocol.encoding import unb64u
        from tilth.protocol.keys import Keys

        self.seat, self.port = seat, port
        self.keys = Keys(unb64u(seat.root))
        self.card = read_card(unb64u(seat.card))
        self.to = [read_card(unb64u(card)) for card in seat.to]
        self.partnership = UUID(seat.partnership)
        self.head: bytes | None = None
        self._line: http.client.HTTPConnection | None = None

    def writes(self, words: str) -> UUID | None:
        """Seals, signs and sends until there is an answer; None when the line is down (see `tries_again`)."""
        from tilth.protocol.encoding import uuid7

        self.entry, self.words, self.signed = uuid7(), words, None
        return self.tries_again()

    def tries_again(self) -> UUID | None:
        """The same entry once more: the very same bytes, signed anew only where others came first."""
        try:
            while True:
                status, answer = self._send()
                if status in (200, 201):
                    self.head = bytes.fromhex(answer["hash"])
                    return UUID(answer["entry"])
                if status != 409:
                    raise AssertionError((status, answer))
                self.head, self.signed = bytes.fromhex(answer["head"]["hash"]), None
        except (OSError, http.client.HTTPException):
            self.close()
            return None

    def _send(self) -> tuple[int, dict[str, Any]]:
        from tilth.protocol.encoding import b64u
        from tilth.protocol.entries import seal_entry

        if self.head is None:
            self.head = bytes.fromhex(self._ask("GET", "head")[1]["hash"])
        if self.signed is None:
            self.signed = seal_entry(
                self.keys,
                author=self.card,
                partnership=self.partnership,
                kind="messages.written",
                data={},
                to=self.to,
                prev=self.head,
                subject=None,
                sealed={"title": "A question", "body": self.words},
                entry=self.entry,
            )
        ct = None if self.signed.ct is None else b64u(self.signed.ct)
        return self._ask(
            "POST", "entries", {"header": b64u(self.signed.header), "ct": ct, "sig": b64u(self.signed.sig)}
        )

    def _ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"{self.seat.cookie}; tilth-csrf={CSRF}", "X-CSRFToken": CSRF, "Host": "localhost"}
        sent = None if body is None else json.dumps(body)
        self._line.request(method, f"/p/{self.seat.partnership}/{path}", sent, headers)
        answer = self._line.getresponse()
        if answer.status >= 500:
            raise http.client.HTTPException(answer.status)
        return answer.status, json.loads(answer.read())

    def close(self) -> None:
        if self._line:
            self._line.close()
        self._line = None


def _seats(pairs: int) -> Iterator[dict[str, Any]]:
    from tests.cast import partnership
    from tilth.accounts.models import Card
    from tilth.protocol.encoding import b64u

    for _ in range(pairs):
        both = partnership()
        cards = [b64u(bytes(Card.objects.get(hash=actor.card.hash).body)) for actor in both]
        for actor, card in zip(both, cards, strict=True):
            cookie = actor.client.cookies["tilth"].value
            root = b64u(actor.person.id.bytes * 2)
            yield {
                "cookie": f"tilth={cookie}",
                "root": root,
                "card": card,
                "partnership": str(actor.partnership),
                "to": cards,
            }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tilth.config.settings")
    import django

    django.setup()
    with closing(sys.stdout):
        json.dump(list(_seats(int(sys.argv[1]))), sys.stdout)
