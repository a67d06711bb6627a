"""Append-only, enforced by the database itself: on both stores an entry can be added and its ciphertext set to NULL;
nothing else about it can change, and it cannot be deleted. SQLite's `INSERT OR REPLACE` deletes without asking the
trigger for it, so there no entry may take another's id, place or row either."""

from django.db.backends.base.base import BaseDatabaseWrapper

_KEPT = ("id", "partnership_id", "seq", "kind", "subject", "author_id", "at", "header", "ct_hash", "sig", "hash")
_TABLE = "ledger_entry"


def _sqlite() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in (*_KEPT, "rowid"))
    return [
        f"""CREATE TRIGGER ledger_entry_kept BEFORE UPDATE ON {_TABLE}
            WHEN NEW.ct IS NOT NULL OR {changed}
            BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END""",
        f"""CREATE TRIGGER ledger_entry_stays BEFORE DELETE ON {_TABLE}
            BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END""",
        """CREATE TRIGGER ledger_entry_new BEFORE INSERT ON ledger_entry
            WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id)
              OR EXISTS (SELECT 1 FROM ledger_entry WHERE partnership_id = NEW.partnership_id AND seq = NEW.seq)
              OR EXISTS (SELECT 1 FROM ledger_entry WHERE NEW.rowid > 0 AND rowid = NEW.rowid)
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
    last = "whole" if connection.vendor == "postgresql" else "new"
    with connection.cursor() as cursor:
        for name in ("kept", "stays", last):
            cursor.execute(f"DROP TRIGGER IF EXISTS ledger_entry_{name}{on_table}")
