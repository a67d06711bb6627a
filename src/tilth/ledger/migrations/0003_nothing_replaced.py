from django.db import migrations

from tilth.ledger import triggers


def lay_anew(apps, schema_editor):
    triggers.remove(schema_editor.connection)
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [migrations.RunPython(lay_anew, migrations.RunPython.noop)]
