"""The web server: granian with the WSGI application, in processes that end with the one that started them."""

import ctypes
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG = 1


def serve(host: str, port: int, *, processes: int, threads: int) -> None:
    """Serves until SIGINT or SIGTERM; requests that are running are finished first."""
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "tilth.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        http=HTTPModes.http1,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=10,
    )
    server.serve(target_loader=_application, wrap_loader=False)


def _application() -> Callable[..., Any]:
    """Called in each web process."""
    end_with_parent()
    logging.getLogger("tilth").debug("web process %s", os.getpid())
    from django.urls import resolve

    from tilth.config.wsgi import application

    resolve("/health")  # loads all pages, as the first request would
    gc.collect()
    gc.freeze()  # all of this stays: looking it through again and again for garbage took a tenth of the time
    return application


def end_with_parent() -> None:
    """No process of ours outlives the one that watches over it, even where that is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
