"""What the ledger says about messages, laid out for pages. Everything here can be rebuilt from it."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from tilth.chapters.messages.windows import Expected
from tilth.ledger.chapter import Sealed
from tilth.partnerships.models import Member, Partnership

WAITING = Q(reply_by__isnull=False, answered_at=None, withdrawn_at=None)


class Thread(models.Model):
    """A conversation. Its id is the entry of its first message, which holds the title."""

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, db_index=False)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    last_at = models.DateTimeField()
    title_gone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index("partnership", "last_at", "id", name="threads_by_newest_message")]

    @property
    def title(self) -> Sealed:
        return Sealed(entry=self.id, kind="messages.written", author=self.author_id, field="title")


class Message(models.Model):
    """One message. Its id is its entry's.

    `reply_by` is when an answer of the `recipient` is expected, by the terms in force when it was written; empty where
    none is. `zone` is that of the recipient, as it was reckoned with. A "seen" puts the end of `promised_day` in its
    place, once. Pauses move it when it is read.
    """

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, db_index=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages", db_index=False)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    recipient = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    zone = models.CharField(max_length=64, default="")
    reply_by = models.DateTimeField(null=True)
    promised_day = models.DateField(null=True)
    promised_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("partnership", "thread", "at", "id", name="messages_of_a_thread"),
            models.Index("partnership", "reply_by", name="messages_that_wait", condition=WAITING),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply_by=None) | Q(recipient__isnull=False),
                name="a_reply_is_expected_of_someone",
            ),
            models.CheckConstraint(
                condition=Q(promised_day=None, promised_at=None)
                | Q(promised_day__isnull=False, promised_at__isnull=False, reply_by__isnull=False),
                name="promised_only_what_is_expected",
            ),
        ]

    @property
    def waits(self) -> bool:
        return self.reply_by is not None and self.answered_at is None and self.withdrawn_at is None

    @property
    def subject(self) -> UUID | None:
        """The subject of its entry: the thread, unless it began it."""
        return None if self.id == self.thread_id else self.thread_id

    @property
    def expected(self) -> Expected | None:
        """What it still asks for; nothing once it is answered or withdrawn."""
        if self.reply_by is None or not self.waits:
            return None
        return Expected(
            since=self.promised_at or self.at, reply_by=self.reply_by, promised=self.promised_day is not None
        )
