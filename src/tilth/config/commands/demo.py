"""`tilth demo`: a store of its own with a half-year of a partnership in it, served like `tilth up`."""

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tilth.config.command import port
from tilth.config.commands import up
from tilth.config.environment import Misset
from tilth.config.processes import apart
from tilth.config.ready import folder_ready, port_ours, store_ready, unapplied
from tilth.config.statics import statics_ready

if TYPE_CHECKING:
    from tilth.demo.telling import Phrases

FOLDER = "tilth-demo"
NOTE = "demo.json"  # marks the folder as a demo's, and holds the key phrases of its two people


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=port, default=8000, help="the port to listen on (default: 8000)")
    parser.set_defaults(host="127.0.0.1", processes=1, threads=3)


def run(options: argparse.Namespace) -> int:
    os.environ["TILTH_DATA"] = options.data or FOLDER
    os.environ.pop("TILTH_SMTP_URL", None)  # people who don't exist get no mail
    os.environ.setdefault("TILTH_URL", f"http://localhost:{options.port}")
    folder_ready()
    with port_ours(options.host, options.port):
        up.set_up()
        lines = apart(prepared)
        up.loaded()
        up.start(options, lines.splitlines())
    return 0


def prepared() -> str:
    """The store with the story in it, told now if it isn't there; the lines with the two ways in."""
    from django.conf import settings

    from tilth.demo.telling import links

    note = Path(settings.DATA) / NOTE
    if not note.exists():
        unapplied()  # a store that is not to be had is told in words
        _refuse_other_store()
    store_ready()
    statics_ready()
    mentor, mentee = links(_phrases(note), settings.SITE_URL)
    return f"Mentor: {mentor}\nMentee: {mentee}"


def _phrases(note: Path) -> "Phrases":
    from django.db import transaction

    from tilth.demo.telling import Phrases, is_told, tell
    from tilth.protocol import clock

    if is_told():
        return Phrases(**json.loads(note.read_text()))
    _refuse_other_store()
    with transaction.atomic():  # the story and its note are there together, or neither is
        phrases = tell(clock.now())
        note.write_text(json.dumps(asdict(phrases)) + "\n")
    return phrases


def _refuse_other_store() -> None:
    """People whom the demo did not make are none of its business. Looks without changing anything."""
    from django.conf import settings
    from django.db import connection

    from tilth.accounts.models import Person

    if Person._meta.db_table in connection.introspection.table_names() and Person.objects.exists():
        raise Misset(f"There is a store in {settings.DATA} that is not a demo. Choose another folder with --data.")
