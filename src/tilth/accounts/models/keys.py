"""What the server keeps of a person's keys: public cards, wraps it cannot open, and a sealed keyring."""

import uuid

from django.db import models

from tilth.accounts.models.people import Person
from tilth.protocol import clock


class Card(models.Model):
    """A person's public keys, as the exact bytes they signed. The one of the highest generation is current."""

    hash = models.CharField(primary_key=True, max_length=64, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cards")
    generation = models.PositiveIntegerField()
    body = models.BinaryField()
    sig = models.BinaryField()
    previous_sig = models.BinaryField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "generation"], name="card_generation_is_unique"),
            models.CheckConstraint(condition=models.Q(generation__gte=1), name="card_generation_starts_at_1"),
        ]


class Wrap(models.Model):
    """The root of one card's keys, as an age file that only the key phrase or a passkey opens."""

    class Kind(models.TextChoices):
        PHRASE = "phrase", "Key phrase"
        PASSKEY = "passkey", "Passkey"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wraps")
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="wraps")
    kind = models.CharField(max_length=7, choices=Kind)
    age = models.BinaryField()
    credential_id = models.BinaryField(null=True)
    prf_salt = models.BinaryField(null=True)
    label = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="phrase", credential_id=None, prf_salt=None)
                | models.Q(kind="passkey", credential_id__isnull=False, prf_salt__isnull=False),
                name="wrap_fits_its_kind",
            ),
        ]


class Keyring(models.Model):
    """What a person's browser notes for itself: cards pinned, heads seen. Sealed to the person alone."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="keyring")
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
