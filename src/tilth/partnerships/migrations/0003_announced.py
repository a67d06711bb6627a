import json

from django.db import migrations, models

TELLING = ("membership.opened", "membership.joined", "membership.rekeyed")


def read_from_the_ledger(apps, schema_editor):
    """As a rebuild would: the card that signed the newest entry by which the other person came to know it."""
    members = apps.get_model("partnerships", "Member").objects
    entries = apps.get_model("ledger", "Entry").objects.filter(kind__in=TELLING).order_by("seq")
    for author, header in entries.values_list("author_id", "header").iterator():
        members.filter(id=author).update(announced=json.loads(bytes(header))["author"])


class Migration(migrations.Migration):

    dependencies = [
        ("partnerships", "0002_put_off"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="announced",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(read_from_the_ledger, migrations.RunPython.noop),
    ]
