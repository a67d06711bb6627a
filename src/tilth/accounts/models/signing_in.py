"""What signing in needs: sessions (one for each device), passkeys, pending codes, one-time links, and limits."""

import uuid

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from tilth.accounts.models.people import Person
from tilth.protocol import clock


class Session(AbstractBaseSession):
    """One browser that is, or is about to be, signed in. Its key is the hash of what the cookie carries."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")
    device_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    browser = models.CharField(max_length=80, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=clock.now)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from tilth.accounts.sessions import SessionStore

        return SessionStore


class Passkey(models.Model):
    """A WebAuthn credential that signs its person in; the same one may open their keys (see `Wrap`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    label = models.CharField(max_length=80)
    added_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)


class PendingCode(models.Model):
    """A sign-in code on its way to a mailbox. Only its keyed hash is kept, and only few tries are given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    digest = models.BinaryField()
    tries_left = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField(db_index=True)


class Link(models.Model):
    """A sign-in link, kept as the hash of its token. Without a person it lets the first one in; unless it works only
    `once`, it signs in as often as it is used before it expires."""

    hash = models.BinaryField(primary_key=True, max_length=32)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="links")
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    once = models.BooleanField(default=True)


class Limit(models.Model):
    """How often something was tried within one window of time; what was tried is kept as a hash."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)
