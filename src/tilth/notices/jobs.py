"""The jobs of the worker. Each can be done twice, or be cut off, without harm."""

from datetime import datetime, timedelta

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tilth.accounts.expiry import forget_expired
from tilth.notices import letters
from tilth.notices.models import Heartbeat
from tilth.partnerships.models import PutOff
from tilth.protocol import clock

ABANDONED = timedelta(minutes=10)
KEPT = timedelta(days=1)


@task()
def sweep() -> int:
    """Send what is due; returns how many mails went out."""
    return letters.send_due(clock.now())


@task()
def tidy() -> None:
    """Drop what nobody needs any more: spent sessions, codes, links and limits, rests that are over, jobs, letters."""
    at = clock.now()
    forget_expired(at)
    PutOff.objects.filter(until__lt=at).delete()
    Heartbeat.objects.filter(at__lt=at - KEPT).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=at - KEPT).delete()
    letters.drop_old(at)


def take_up_abandoned(at: datetime) -> None:
    """A job whose worker was killed is done again."""
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - ABANDONED)
    lost.update(status=TaskResultStatus.READY, started_at=None)


def waits(job_path: str) -> bool:
    return DBTaskResult.objects.filter(task_path=job_path, status=TaskResultStatus.READY).exists()
