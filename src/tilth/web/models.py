"""What a person put off. Their own affair: it is no entry, and nobody else sees it."""

from django.db import models

from tilth.partnerships.models import Member


class PutOff(models.Model):
    """A next small step that a member does not want to be shown before `until`."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    key = models.CharField(max_length=80)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("member", "key", name="one_day_to_put_off_to")]
