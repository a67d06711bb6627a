"""Meetings, their agenda, and what was said about them; all of it rebuilt from the ledger."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from tilth.partnerships.models import Member, Partnership


class State(models.TextChoices):
    PROPOSED = "proposed", "waiting for an answer"
    PLANNED = "planned", "planned"
    HELD = "held", "held"
    MISSED = "missed", "did not happen"
    CANCELLED = "cancelled", "won’t happen"
    DECLINED = "declined", "declined"
    WITHDRAWN = "withdrawn", "taken back"
    REPLACED = "replaced", "replaced by a new rhythm"


class Meeting(models.Model):
    """One occasion. `laid_by` and `laid_for` name the agreement and the day of its rhythm; an extra one has neither.

    While somebody asks for a time (a new meeting, or a move), `asked_entry` and the other `asked_*` say who and which.
    A meeting is `touched` once a member did something with it; a new rhythm removes only untouched ones.
    """

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=9, choices=State)
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    place = models.CharField(max_length=9)
    laid_by = models.UUIDField(null=True)
    laid_for = models.DateField(null=True)
    moved_from = models.DateTimeField(null=True)
    touched = models.BooleanField(default=False)
    asked_entry = models.UUIDField(null=True)
    asked_by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", null=True, db_index=False)
    asked_times = models.JSONField(default=list)
    asked_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("partnership", "start_at", name="meetings_in_their_order"),
            models.Index("partnership", "state", "start_at", name="meetings_by_state"),
            models.Index("partnership", condition=Q(asked_entry__isnull=False), name="meetings_asked_for"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end_at__gt=models.F("start_at")), name="meeting_ends_after_its_start"),
            models.CheckConstraint(
                condition=Q(asked_entry=None, asked_by=None, asked_until=None)
                | Q(asked_entry__isnull=False, asked_by__isnull=False, asked_until__isnull=False),
                name="meeting_asked_by_somebody",
            ),
        ]

    @property
    def minutes(self) -> int:
        return round((self.end_at - self.start_at).total_seconds() / 60)

    def forget_asking(self) -> None:
        """Nobody asks for a time any more: it was answered, taken back, or overtaken."""
        self.asked_entry = self.asked_by = self.asked_until = None
        self.asked_times = []

    @property
    def times(self) -> list[datetime]:
        """The times that are asked for, UTC."""
        return [datetime.fromisoformat(text) for text in self.asked_times]


class AgendaPoint(models.Model):
    """Something to talk about. Its id is the entry that added it, `added_to` the meeting it was written for.

    Without a meeting it waits for the next one.
    """

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+", db_index=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+", null=True, db_index=False)
    added_to = models.UUIDField()
    carried = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("partnership", "meeting", name="agenda_of_a_meeting")]


class CarriedOver(models.Model):
    """A point that was still open when this meeting was over or off, and went on from it."""

    pk = models.CompositePrimaryKey("point_id", "meeting_id")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+", db_index=False)
    point = models.ForeignKey(AgendaPoint, on_delete=models.CASCADE, related_name="+", db_index=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index("partnership", "meeting", name="agenda_carried_over")]


class Turn(models.Model):
    """One entry about a meeting: who moved, arrived, summed up, said it was held. `time` is a new start it set.

    `number` counts the turns of a meeting from 0.
    """

    entry = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+", db_index=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    subject = models.UUIDField(null=True)
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    sealed = models.BooleanField()
    time = models.DateTimeField(null=True)
    number = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index("partnership", "meeting", name="turns_of_a_meeting")]
        constraints = [
            models.UniqueConstraint("meeting", "number", name="turns_one_after_the_other"),
            models.UniqueConstraint(
                "meeting", "by", condition=Q(kind="meetings.looked_back"), name="one_look_back_each"
            ),
        ]
