from django.db import migrations

# Ciphertext cannot be made smaller, so PostgreSQL need not try; and an entry of ordinary length stays in one piece with
# its row, two to a page at least, where each would cost a second table and its index.
FORWARDS = (
    "ALTER TABLE ledger_entry ALTER COLUMN ct SET STORAGE EXTERNAL",
    "ALTER TABLE ledger_entry SET (toast_tuple_target = 4080)",
)
BACKWARDS = (
    "ALTER TABLE ledger_entry RESET (toast_tuple_target)",
    "ALTER TABLE ledger_entry ALTER COLUMN ct SET STORAGE EXTENDED",
)


def on_postgresql(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_nothing_replaced")]
    operations = [migrations.RunPython(on_postgresql(FORWARDS), on_postgresql(BACKWARDS))]
