"""Sessions in the database: Django's own, with the cookie's hash as the key and a row that says whose device it is.

A copy of the database signs nobody in, and a device can be listed and shown out by deleting its row. A session comes
together with its person, and with what every page says of their keys: one statement for what each request asks first.

It ends so long after its last use. That it is in use is noted hourly, without touching what it holds, and its cookie is
given out anew. A session that was ended meanwhile stays ended: its next request finds it signed out.
"""

import hashlib
import json
from copy import deepcopy
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession

from tilth.accounts.models import Person, Session
from tilth.accounts.rows import Select
from tilth.protocol import clock

SEEN_EVERY = timedelta(hours=1)  # so that a request hardly ever writes

# The parts of a statement that loads a session and its person, who is `v` in it, and may ask for more besides.
HELD = """s.session_data, s.seen_at < %s, k.version,
    (SELECT c.hash FROM accounts_card c WHERE c.person_id = v.id ORDER BY c.generation DESC LIMIT 1)"""
VISIT = """accounts_session s
    LEFT JOIN accounts_person v ON v.id = s.person_id AND v.is_active
    LEFT JOIN accounts_keyring k ON k.person_id = v.id"""
STILL_VALID = "s.session_key = %s AND s.expire_date > %s"
_ALONE = Select(f"SELECT {{v}}, {HELD} FROM {VISIT} WHERE {STILL_VALID}", v=Person)  # noqa: S608  (no values)


class SessionStore(DatabaseSession):
    person: Person | None = None  # whose session was loaded
    unseen: dict[str, Any] | None = None  # what it held when loaded, where it is time to note that it is in use

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    @property
    def is_loaded(self) -> bool:
        return self.session_key is None or hasattr(self, "_session_cache")

    def load(self) -> dict[str, Any]:
        return self._taken(next(iter(self._asked(_ALONE)), None))

    def load_with(self, select: Select, *values: Any) -> list[tuple[Any, ...]]:
        """Load it by a statement that asks for more besides, all of which is in each of its rows: the person, all other
        tables, what HELD names, all other columns. `values` come between those of HELD and of STILL_VALID. Returns
        the rows without what was of the session; none where there is no such session."""
        rows, tables = self._asked(select, *values), len(select.tables)
        after = tables + 4  # what HELD names
        self._session_cache = self._taken((rows[0][0], *rows[0][tables:after]) if rows else None)
        self.accessed = True
        return [(*row[1:tables], *row[after:]) for row in rows]

    def _asked(self, select: Select, *values: Any) -> list[tuple[Any, ...]]:
        key, at = key_of(self.session_key or ""), clock.now()
        return select.rows(at - SEEN_EVERY, *values, key, at)

    def _taken(self, found: tuple[Any, ...] | None) -> dict[str, Any]:
        if found is None:
            self._session_key = None
            return {}
        self.person, data, is_unseen, keyring_version, card_hash = found
        if self.person:
            self.person.keyring_version, self.person.card_hash = keyring_version, card_hash
        held = self.decode(data)
        if is_unseen and held:
            self.unseen = deepcopy(held)
            self.modified = True  # so that it is saved, and its cookie given out
        return held

    def save(self, must_create: bool = False) -> None:
        if not must_create and dict(self.items()) == self.unseen:
            return self._note_in_use()
        try:
            super().save(must_create)
        except UpdateError:
            if self.exists(self.session_key or ""):
                raise

    def _note_in_use(self) -> None:
        at = clock.now()
        session = Session.objects.filter(pk=key_of(self.session_key or ""))
        session.update(seen_at=at, expire_date=self.get_expiry_date(modification=at))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        held: dict[str, Any] = json.loads(_text_in(session_data))
        return held

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=key_of(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(pk=key_of(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        at = clock.now()
        return Session(
            session_key=key_of(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(modification=at),
            person_id=data.get(SESSION_KEY),
            seen_at=at,
            **data.get("device", {}),
        )


# A browser's every request brings the same, and looking at its signature costs more than all else.
@lru_cache(maxsize=4096)
def _text_in(session_data: bytes | str) -> str:
    """What a session holds, as JSON; nothing where it is not signed by this server."""
    return json.dumps(DatabaseSession().decode(session_data))


def key_of(cookie: str) -> str:
    """The key a session is kept under: the first 160 bits of the cookie's SHA-256."""
    return hashlib.sha256(cookie.encode()).hexdigest()[:40]
