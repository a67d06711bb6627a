"""What the ledger says about commitments, laid out for pages. Everything here can be rebuilt from it."""

from django.db import models
from django.db.models import Q

from tilth.chapters.commitments.lifecycle import FINAL, Awaits, Standing, State
from tilth.ledger.chapter import Sealed
from tilth.partnerships.models import Member, Partnership


class Commitment(models.Model):
    """Something one member said they would do by a day. Its id is the entry that made it.

    `due` is a day in the owner's zone and has stood since `due_since`; whether it has passed is derived when read.
    `words_entry` holds the line as it is now: the entry that made it, or the newest that moved it.
    """

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, db_index=False)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    source = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    due = models.DateField()
    due_since = models.DateTimeField()
    words_entry = models.UUIDField()
    awaits = models.CharField(max_length=7, default="", choices=[(wish.value, wish.value) for wish in Awaits])
    named_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("partnership", "due", name="open_commitments", condition=Q(resolved_at=None)),
            models.Index(
                "partnership", "resolved_at", "id", name="resolved_commitments", condition=~Q(resolved_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(FINAL), resolved_at__isnull=False)
                | (~Q(state__in=sorted(FINAL)) & Q(resolved_at=None)),
                name="resolved_once_it_ended",
            ),
            models.CheckConstraint(condition=Q(awaits="") | Q(state=State.OPEN.value), name="answers_only_while_open"),
        ]

    @property
    def standing(self) -> Standing:
        return Standing(
            state=State(self.state), due=self.due, awaits=Awaits(self.awaits), named=self.named_at is not None
        )

    @property
    def line(self) -> Sealed:
        """Where the browser finds the line as it is now."""
        return Sealed(
            entry=self.words_entry,
            kind="commitments.renegotiated" if self.was_reworded else "commitments.made",
            author=self.owner_id if self.was_reworded else self.author_id,
            field="words",
            subject=self.id if self.was_reworded else None,
        )

    @property
    def was_reworded(self) -> bool:
        return self.words_entry != self.id


class Deed(models.Model):
    """One thing that was done about a commitment, for its story. Its id is the entry's."""

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, db_index=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="deeds", db_index=False)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=16)
    at = models.DateTimeField()
    due = models.DateField(null=True)
    agrees = models.BooleanField(null=True)
    then = models.CharField(max_length=6, default="")
    has_words = models.BooleanField()

    class Meta:
        indexes = [models.Index("partnership", "commitment", "at", "id", name="story_of_a_commitment")]
