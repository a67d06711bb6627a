"""`tilth up`: the whole of Tilth on one machine."""

import argparse
import os
import signal
import sys
import time
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from tilth.config.command import count, host, port
from tilth.config.processes import STOPPING, Part, Tree, apart
from tilth.config.ready import folder_ready, port_ours, store_ready
from tilth.config.statics import statics_ready

FIRST_LINK_LASTS = timedelta(days=1)
ANSWERS_WITHIN = 30.0  # seconds


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=port, default=8000, help="the port to listen on (default: 8000)")
    parser.add_argument(
        "--host", type=host, default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    parser.add_argument("--processes", type=count, default=min(2, os.cpu_count() or 1), help="web processes")
    parser.add_argument("--threads", type=count, default=3, help="threads of each web process")


def run(options: argparse.Namespace) -> int:
    os.environ.setdefault("TILTH_URL", f"http://localhost:{options.port}")
    folder_ready()
    with port_ours(options.host, options.port):
        set_up()
        first_link = apart(prepared)
        loaded()
        start(options, [f"Sign in: {first_link}"] if first_link else [])
    return 0


def start(options: argparse.Namespace, lines: list[str]) -> None:
    """Web and worker, until they are told to stop; `lines` are said once the web answers."""
    from tilth.config.web_server import serve
    from tilth.notices.worker import work

    def web() -> None:
        serve(options.host, options.port, processes=options.processes, threads=options.threads)

    Tree(Part("web", web), Part("worker", work)).run(lambda: _welcome(options, lines))


def set_up() -> None:
    """Django and all models, once, for every process that is forked from here on."""
    import django

    django.setup()


def loaded() -> None:
    """Everything that web and worker both need, once, before they are forked."""
    from django.urls import get_resolver

    import tilth.config.wsgi
    import tilth.notices.worker  # noqa: F401  (for what it loads)

    _ = get_resolver().url_patterns


def prepared() -> str:
    """Brings store and static files up to the code; the first sign-in link when nobody is there yet."""
    store_ready()
    statics_ready()
    return _first_link()


def _first_link() -> str:
    from django.conf import settings

    from tilth.accounts.links import first_link
    from tilth.accounts.models import Person

    if Person.objects.exists():
        return ""
    return f"{settings.SITE_URL}/sign-in/link/{first_link(FIRST_LINK_LASTS)}"


def _welcome(options: argparse.Namespace, lines: list[str]) -> None:
    from django.conf import settings

    from tilth.config.mail import FILES

    answered = _waited_until_it_answers(options, settings.SITE_URL)
    if signal.sigpending() & STOPPING:
        return
    if answered:
        print(f"Tilth is at {settings.SITE_URL} and keeps everything in {settings.DATA}.")
    else:
        print(f"tilth: nothing answers at {settings.SITE_URL} yet; see {settings.DATA / 'logs'}.", file=sys.stderr)
    if settings.EMAIL_BACKEND == FILES:
        print(f"No mail server is set: mails are written to {settings.DATA / 'mail'}, sign-in codes also here.")
    print(*lines, sep="\n", end="\n" if lines else "")
    sys.stdout.flush()


def _waited_until_it_answers(options: argparse.Namespace, url: str) -> bool:
    """Whatever it answers: that all is well is for /health to say. Whoever is told to stop meanwhile waits no more."""
    end = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < end and not signal.sigpending() & STOPPING:
        asking = HTTPConnection(options.host, options.port, timeout=5)
        try:
            asking.request("HEAD", "/health", headers={"Host": urlsplit(url).netloc})
            asking.getresponse()
            return True
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            asking.close()
    return False
