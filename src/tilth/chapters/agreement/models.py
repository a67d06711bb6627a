"""What was proposed, who signed it, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tilth.partnerships.models import Member, Partnership


class Closing(models.TextChoices):
    """Why a proposal can no longer be signed."""

    REPLACED = "replaced", "replaced by a newer proposal"
    OVERTAKEN = "overtaken", "closed when another one was signed"
    WITHDRAWN = "withdrawn", "withdrawn"
    DECLINED = "declined", "not taken up"


class Version(models.Model):
    """One proposed text of the agreement. Its id is the entry; it is open, or closed, or came into force."""

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    hash = models.CharField(max_length=64)
    terms = models.JSONField()
    replaces = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_as = models.CharField(max_length=9, choices=Closing, default="", blank=True)
    closed_by = models.UUIDField(null=True)  # the entry that closed it
    in_force_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)  # when the next one came into force
    amends: bool  # whether something was agreed on before, where a query asks for it

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closed_at=None) | Q(in_force_at=None), name="closed_or_in_force"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_as="") | (Q(closed_at__isnull=False) & ~Q(closed_as="")),
                name="closed_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(until_at=None) | Q(in_force_at__isnull=False), name="ends_after_force"),
            models.UniqueConstraint(
                "partnership", condition=Q(in_force_at__isnull=False, until_at=None), name="one_agreement_in_force"
            ),
            models.UniqueConstraint(
                "partnership", "by", condition=Q(closed_at=None, in_force_at=None), name="one_open_proposal_each"
            ),
        ]
        indexes = [models.Index("partnership", "at", name="versions_in_order")]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.in_force_at is None

    @property
    def is_withdrawn(self) -> bool:
        """Its words are erased, and whoever still holds a copy forgets it."""
        return self.closed_as == Closing.WITHDRAWN

    @property
    def is_declined(self) -> bool:
        return self.closed_as == Closing.DECLINED

    @property
    def is_in_force(self) -> bool:
        return self.in_force_at is not None and self.until_at is None


class Signature(models.Model):
    """A member's signature under a version. The proposal itself is its author's; the other's is an entry of its own."""

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="signatures")
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    sealed = models.BooleanField()
    success = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint("version", "by", name="one_signature_each")]
