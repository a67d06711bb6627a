"""The person, and the instance they live on."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tilth.protocol import clock


class People(BaseUserManager["Person"]):
    """Finds and makes people; addresses are kept in lower case, so that one mailbox is one person."""

    def with_address(self, email: str) -> "Person | None":
        return self.filter(email=tidy_address(email), is_active=True).first()

    def join(self, email: str, *, name: str = "", zone: str = "UTC") -> "Person":
        return self.create(email=tidy_address(email), name=name, zone=zone)


def tidy_address(email: str) -> str:
    return email.strip().lower()


class Person(AbstractBaseUser):
    """Someone with an account. There are no passwords: a code, a passkey or a one-time link signs them in."""

    class Theme(models.TextChoices):
        AUTO = "auto", "As my device does"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    password = None  # type: ignore[assignment]
    last_login = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[People] = People()

    # Filled in when the person is loaded with their session, for what every page says of their keys.
    card_hash: str | None = None
    keyring_version: int | None = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(theme__in=["auto", "light", "dark"]), name="person_theme_is_known"
            ),
        ]

    @property
    def itself(self) -> "Person":
        """This very row, where Django hands out something lazy that stands for it."""
        return self

    def __str__(self) -> str:
        return self.name or (self.email if self.is_active else "Former member")


class Instance(models.Model):
    """The one row that says which Tilth this is; its id is part of every card and every entry."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="instance_is_the_only_one")]
