"""The worker: does queued jobs, queues the sweep when something is due, and shows that it is alive."""

import logging
import os
import signal
import socket
import threading
from datetime import UTC, datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections
from django.db.models import QuerySet
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tilth.notices import jobs, letters
from tilth.notices.models import Heartbeat
from tilth.protocol import clock

log = logging.getLogger(__name__)
INTERVAL = 2.0  # seconds between two looks at the queue
AFTER_TROUBLE = 10.0
BEAT_EVERY = timedelta(seconds=20)
ALIVE_FOR = timedelta(seconds=90)  # a worker not seen for so long is not well
TIDY_EVERY = timedelta(hours=1)
NEVER = datetime.min.replace(tzinfo=UTC)


class Rounds:
    """What a worker does again and again until it is told to stop."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}-{os.getpid()}"
        self.stop = threading.Event()
        self.beaten = self.tidied = NEVER

    def go(self) -> None:
        while not self.stop.is_set():
            pause = INTERVAL
            try:
                self.once(clock.now())
            except (OperationalError, InterfaceError):
                log.exception("The store could not be reached; trying again soon.")
                close_old_connections()
                pause = AFTER_TROUBLE
            self.stop.wait(pause)
        Heartbeat.objects.filter(worker=self.name).delete()

    def once(self, at: datetime) -> None:
        if at - self.beaten > BEAT_EVERY:
            Heartbeat.objects.update_or_create(worker=self.name, defaults={"at": at})
            jobs.take_up_abandoned(at)
            self.beaten = at
        if at - self.tidied > TIDY_EVERY:
            jobs.tidy.enqueue()
            self.tidied = at
        if letters.due_letters(at) and not jobs.waits(jobs.sweep.module_path):
            jobs.sweep.enqueue()
        if DBTaskResult.objects.ready().exists():
            _batch(self.name).run()


def work() -> None:
    """Until SIGINT or SIGTERM; a job that is running is finished first."""
    rounds = Rounds()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: rounds.stop.set())
    rounds.go()


def _batch(name: str) -> Worker:
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=100,
        worker_id=name,
    )


def seen_lately(at: datetime) -> QuerySet[Heartbeat]:
    """The workers that were seen in the last 90 seconds."""
    return Heartbeat.objects.filter(at__gt=at - ALIVE_FOR)
