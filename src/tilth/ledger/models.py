"""The ledger itself. Only door.py adds to it, only erase.py takes ciphertext away, and triggers hold others to that."""

from django.db import models

from tilth.partnerships.models import Member, Partnership


class Entry(models.Model):
    """One signed fact. `header` and `sig` are the author's exact bytes; `ct` is empty where nothing is sealed or when
    it was withdrawn, and `ct_hash` stays either way, so that the chain still verifies."""

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.DO_NOTHING, db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=64)
    subject = models.UUIDField(null=True)
    author = models.ForeignKey(Member, on_delete=models.DO_NOTHING, db_index=False)
    at = models.DateTimeField()
    header = models.BinaryField()
    ct = models.BinaryField(null=True)
    ct_hash = models.BinaryField(max_length=32)
    sig = models.BinaryField(max_length=64)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint("partnership", "seq", name="one_entry_at_each_place")]
        indexes = [models.Index("partnership", "subject", "kind", name="entries_about_a_subject")]


class Month(models.Model):
    """What a month of a partnership held, for the picture of the time together: a count for each sort of ring."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, db_index=False)
    first_day = models.DateField()
    ring = models.CharField(max_length=12)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("partnership", "first_day", "ring", name="one_count_a_month")]
