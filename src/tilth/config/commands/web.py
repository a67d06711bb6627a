"""`tilth web`: the web alone, as many of them as wanted, on one PostgreSQL."""

import argparse
import os

from tilth.config.command import count, host, port
from tilth.config.commands.up import set_up
from tilth.config.processes import apart
from tilth.config.ready import folder_with_store, port_ours, store_fits
from tilth.config.statics import statics_ready


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=port, default=8000, help="the port to listen on (default: 8000)")
    parser.add_argument(
        "--host", type=host, default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    parser.add_argument("--processes", type=count, default=os.cpu_count() or 1, help="web processes")
    parser.add_argument("--threads", type=count, default=3, help="threads of each web process")


def run(options: argparse.Namespace) -> int:
    os.environ.setdefault("TILTH_URL", f"http://localhost:{options.port}")
    folder_with_store()
    with port_ours(options.host, options.port):
        set_up()
        apart(_prepared)
        import tilth.config.wsgi  # noqa: F401  (before the web processes are forked, so that they share it)
        from tilth.config.web_server import serve

        serve(options.host, options.port, processes=options.processes, threads=options.threads)
    return 0


def _prepared() -> str:
    store_fits()
    statics_ready()
    return ""
