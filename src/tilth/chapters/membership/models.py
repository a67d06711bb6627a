"""What the two hope for, as far as the server knows it: who has written theirs."""

from django.db import models

from tilth.partnerships.models import Member, Partnership


class Hope(models.Model):
    """One member's line about what they hope for; shown to the other once both have written theirs."""

    entry = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    subject = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint("partnership", "member", name="one_hope_each")]
