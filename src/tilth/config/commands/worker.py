"""`tilth worker`: does the queued jobs; several may run side by side on PostgreSQL."""

import argparse

from tilth.config.ready import folder_with_store, store_fits


def add_options(_: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(_: argparse.Namespace) -> int:
    folder_with_store()
    import django

    django.setup()
    store_fits()
    from tilth.notices.worker import work

    work()
    return 0
