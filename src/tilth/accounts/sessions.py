"""Sessions in the database: Django's own, with the cookie's hash as the key and a row that says whose device it is.

A copy of the database signs nobody in, and a device can be listed and shown out by deleting its row.
"""

import hashlib
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession

from tilth.accounts.models import Session
from tilth.protocol import clock

SEEN_EVERY = timedelta(hours=1)  # so that a request hardly ever writes


class SessionStore(DatabaseSession):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        at = clock.now()
        row = Session.objects.filter(pk=key_of(self.session_key or ""), expire_date__gt=at).first()
        if row is None:
            self._session_key = None
        elif at - row.seen_at > SEEN_EVERY:
            Session.objects.filter(pk=row.pk).update(seen_at=at)
        return row

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=key_of(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(pk=key_of(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return Session(
            session_key=key_of(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            person_id=data.get(SESSION_KEY),
            seen_at=clock.now(),
            **data.get("device", {}),
        )


def key_of(cookie: str) -> str:
    """The key a session is kept under: the first 160 bits of the cookie's SHA-256."""
    return hashlib.sha256(cookie.encode()).hexdigest()[:40]
