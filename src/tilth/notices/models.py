"""Letters on their way, and the heartbeat of the workers."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tilth.accounts.models import Person
from tilth.partnerships.models import Partnership


class Letter(models.Model):
    """Something one person should be told of one entry, without its content. `next_due` is empty once it was sent.
    `tries` counts how often that was begun; waiting for the end of a pause or of quiet hours is no try.

    Every sweep looks at `next_due` alone, so that it costs what is due and not what exists. Old letters are dropped, so
    there are few enough that erasing somebody may look through all of them; the door keeps fewer lists in order.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    entry = models.UUIDField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    actor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    words = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    urgent = models.BooleanField()
    queued_at = models.DateTimeField()
    next_due = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("entry", "person", name="one_letter_of_an_entry"),
            models.CheckConstraint(
                condition=Q(next_due=None, sent_at__isnull=False) | Q(next_due__isnull=False, sent_at=None),
                name="letter_waits_or_is_sent",
            ),
        ]
        indexes = [
            models.Index("next_due", condition=Q(next_due__isnull=False), name="letters_due"),
            models.Index("sent_at", condition=Q(sent_at__isnull=False), name="letters_sent"),
        ]


class Heartbeat(models.Model):
    """When a worker was last seen at work."""

    worker = models.CharField(primary_key=True, max_length=120)
    at = models.DateTimeField(db_index=True)
