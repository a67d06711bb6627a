from django.db import models


class Row(models.Model):
    """A row of about one kilobyte."""

    body = models.BinaryField()
