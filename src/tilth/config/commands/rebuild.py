"""`tilth rebuild`: replaces what is derived from the ledger by what the ledger says."""

import argparse
import sys
from uuid import UUID

from tilth.config.command import counted
from tilth.config.environment import Misset
from tilth.config.ready import folder_with_store, store_fits


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("partnership", nargs="?", type=UUID, help="only this partnership (its id)")


def run(options: argparse.Namespace) -> int:
    folder_with_store()
    import django

    django.setup()
    store_fits()
    from tilth.ledger.rebuild import rebuild
    from tilth.partnerships.models import Partnership

    partnerships = Partnership.objects.order_by("id")
    if options.partnership:
        partnerships = partnerships.filter(id=options.partnership)
    entries = 0
    wanted = list(partnerships.values_list("id", flat=True))
    if options.partnership and not wanted:
        raise Misset(f"There is no partnership {options.partnership} in this store.")
    total = counted(len(wanted), "partnership")
    for number, partnership_id in enumerate(wanted, start=1):
        entries += rebuild(partnership_id)
        print(f"\r{number} of {total}", end="", file=sys.stderr, flush=True)
    print(f"\n{counted(entries, 'entry', 'entries')} read again in {total}.")
    return 0
