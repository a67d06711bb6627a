"""A partnership, its members, their pauses and its invitations.

All but the partnership's own row and a declined invitation are projections: the membership chapter writes them from the
ledger, and a rebuild writes the same rows again.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from tilth.accounts.models import Person
from tilth.design.wording import first_name


class Role(models.TextChoices):
    MENTOR = "mentor", "mentor"
    MENTEE = "mentee", "mentee"
    PEER = "peer", "peer"


class Partnership(models.Model):
    """The relationship of two. `head_seq` and `head_hash` name the newest entry of its ledger."""

    id = models.UUIDField(primary_key=True)
    opened_at = models.DateTimeField()
    head_seq = models.PositiveIntegerField(default=0)
    head_hash = models.BinaryField(max_length=32, null=True)
    terms = models.JSONField(null=True)  # the structured part of the agreement in force
    terms_entry = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    @cached_property
    def everyone(self) -> list[Member]:
        """All who are or were in this partnership, oldest first, with their people."""
        seats = list(Member.objects.filter(partnership=self).select_related("person").order_by("joined_at"))
        for seat in seats:
            seat.partnership = self
        return seats


class Member(models.Model):
    """A person in a partnership; a former member keeps the row and loses the access."""

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=6, choices=Role)
    joined_at = models.DateTimeField()
    joining = models.UUIDField()  # the entry by which they opened or joined
    announced = models.CharField(max_length=64)  # the hash of the card they joined with, or announced last
    hope = models.UUIDField(null=True)  # the entry with their line about what they hope for
    accepted = models.UUIDField(null=True)  # the invitation they accepted; none for the one who opened
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("partnership", "person", name="one_seat_each")]

    @staticmethod
    def id_for(partnership_id: UUID, person_id: UUID) -> UUID:
        """The same seat has the same id after every rebuild."""
        return uuid5(partnership_id, str(person_id))

    newest_card: str | None = None  # the hash of the person's card, where access.py loaded it
    put_off: object = None  # until when the latest step is put off, where access.py loaded it

    @cached_property
    def asked(self) -> dict[Any, Any]:
        """Answers that one page needs several times; see memo.py."""
        return {}

    @cached_property
    def pauses(self) -> list[Pause]:
        """All pauses of this partnership, oldest first."""
        models.prefetch_related_objects([self.partnership], "pauses")  # once, whoever asks first
        return sorted(self.partnership.pauses.all(), key=lambda pause: pause.from_at)

    @property
    def open_pause(self) -> Pause | None:
        return next((pause for pause in self.pauses if pause.until_at is None), None)

    @property
    def everyone(self) -> list[Member]:
        """All who are or were in this partnership, oldest first, with their people; I am among them."""
        return self.partnership.everyone

    @property
    def here(self) -> list[Member]:
        """All who are here now, oldest first; I am among them unless I am only joining."""
        return [seat for seat in self.everyone if seat.left_at is None]

    @property
    def others(self) -> list[Member]:
        """Everyone else who is here now."""
        return [seat for seat in self.here if seat.id != self.id]

    @property
    def other(self) -> Member | None:
        """The one I am in this partnership with; none before they join. One who left is still my other."""
        gone = [seat for seat in self.everyone if seat.id != self.id]
        return next(iter(self.others or gone[-1:]), None)

    @property
    def called(self) -> str:
        """What the others call them within a sentence: `Rowan`; `your mentor`, once who they were is erased."""
        return first_name(self.person.name, f"your {self.role}")

    @property
    def now_zone(self) -> ZoneInfo:
        return ZoneInfo(self.person.zone)


class Pause(models.Model):
    """A time in which nothing is expected. Open while `until_at` is empty; `back_on` is only a hope."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="pauses")
    by = models.ForeignKey(Member, on_delete=models.CASCADE)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    back_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("partnership", condition=Q(until_at=None), name="one_open_pause"),
        ]


class PutOff(models.Model):
    """A next small step that a member does not want to be shown before `until`. Their own affair: it is no entry, a
    rebuild leaves it alone, and nobody else sees it."""

    member = models.ForeignKey(Member, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False)
    key = models.CharField(max_length=80)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("member", "key", name="one_day_to_put_off_to")]


class Invitation(models.Model):
    """A seat offered to somebody. Its id is the entry that offered it; only one of the answers is ever set."""

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(Member, on_delete=models.CASCADE)
    role = models.CharField(max_length=6, choices=Role)
    by_mail = models.BooleanField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    @cached_property
    def is_declined(self) -> bool:
        return Decline.objects.filter(invitation=self.id).exists()

    @cached_property
    def is_mailed(self) -> bool:
        return Mailing.objects.filter(invitation=self.id).exists()


class Mailing(models.Model):
    """An invitation that this server has sent by e-mail, and when last. The address is kept nowhere."""

    invitation = models.UUIDField(primary_key=True)
    at = models.DateTimeField()


class Decline(models.Model):
    """An invitation somebody said no to. They have no keys and sign nothing, so the ledger does not know of it."""

    invitation = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
