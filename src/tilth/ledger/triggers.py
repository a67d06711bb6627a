"""Append-only, enforced by the database itself: on both stores an entry can be added and its ciphertext set to NULL;
nothing else about it can change, and it cannot be deleted."""

from django.db.backends.base.base import BaseDatabaseWrapper

_KEPT = ("id", "partnership_id", "seq", "kind", "subject", "author_id", "at", "header", "ct_hash", "sig", "hash")
_TABLE = "ledger_entry"


def _sqlite() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _KEPT)
    return [
        f"""CREATE TRIGGER ledger_entry_kept BEFORE UPDATE ON {_TABLE}
            WHEN NEW.ct IS NOT NULL OR {changed}
            BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END""",
        f"""CREATE TRIGGER ledger_entry_stays BEFORE DELETE ON {_TABLE}
            BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END""",
    ]


def _postgresql() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _KEPT)
    return [
        """CREATE OR REPLACE FUNCTION ledger_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN RAISE EXCEPTION 'entries are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"""CREATE TRIGGER ledger_entry_kept BEFORE UPDATE ON {_TABLE} FOR EACH ROW
            WHEN (NEW.ct IS NOT NULL OR {changed}) EXECUTE FUNCTION ledger_entry_refuse()""",
        f"""CREATE TRIGGER ledger_entry_stays BEFORE DELETE ON {_TABLE} FOR EACH ROW
            EXECUTE FUNCTION ledger_entry_refuse()""",
        f"""CREATE TRIGGER ledger_entry_whole BEFORE TRUNCATE ON {_TABLE} FOR EACH STATEMENT
            EXECUTE FUNCTION ledger_entry_refuse()""",
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place on a store that has none."""
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for tests that empty the whole store, and for undoing the migration."""
    on_table = f" ON {_TABLE}" if connection.vendor == "postgresql" else ""
    names = ["ledger_entry_kept", "ledger_entry_stays"]
    names += ["ledger_entry_whole"] if connection.vendor == "postgresql" else []
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
