"""`tilth verify`: every chain and every signature of the store, with progress."""

import argparse
import sys
import time

from tilth.config.command import counted
from tilth.config.ready import folder_with_store, store_fits

EVERY = 1.0  # seconds between two lines of progress


def add_options(_: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(_: argparse.Namespace) -> int:
    folder_with_store()
    import django

    django.setup()
    store_fits()
    from tilth.ledger.verifying import verify_partnership
    from tilth.partnerships.models import Partnership

    known = list(Partnership.objects.order_by("id").values_list("id", flat=True))  # while rows are left, SQLite waits
    total, entries, findings, said = len(known), 0, 0, time.monotonic()
    for number, partnership in enumerate(known, start=1):
        for finding in verify_partnership(Partnership.objects.get(id=partnership)):
            entries += finding is None or finding.seq is not None
            if finding:
                findings += 1
                place = "" if finding.seq is None else f" entry {finding.seq}"
                print(f"{finding.partnership}{place}: {finding.problem}")
            if time.monotonic() - said > EVERY:
                said = time.monotonic()
                print(f"{entries} entries, partnership {number} of {total}", file=sys.stderr, flush=True)
    found = counted(findings, "problem") if findings else "all whole"
    print(f"{counted(entries, 'entry', 'entries')} in {counted(total, 'partnership')}: {found}.")
    return 1 if findings else 0
