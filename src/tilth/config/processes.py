"""A small process tree: starts what it is told to, restarts what dies, and stops all of it cleanly."""

import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tilth.config.environment import Misset
from tilth.config.web_server import end_with_parent

GRACE = 15  # seconds that the processes have for finishing what they are doing
SHORT_LIFE = 5.0  # who dies younger than this is started again after a pause
PAUSE = 2.0
STOPPING = {signal.SIGINT, signal.SIGTERM}
AWAITED = STOPPING | {signal.SIGCHLD, signal.SIGALRM}


@dataclass
class Part:
    """One process of the tree; `pid` is 0 while it isn't running."""

    name: str
    work: Callable[[], None]
    pid: int = 0
    started: float = 0.0


class Tree:
    """The parts are forked from this process, so that they share the memory of what it has already loaded."""

    def __init__(self, *parts: Part) -> None:
        self.parts = parts

    def run(self, on_start: Callable[[], None]) -> None:
        """Returns when SIGINT or SIGTERM has come and every part has stopped.

        Both are held back while `on_start` runs, which is to look for them (`signal.sigpending`) where it takes long.
        """
        gc.collect()
        gc.freeze()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
        try:
            for part in self.parts:
                self._start(part)
            on_start()
            while signal.sigwait(AWAITED) not in STOPPING:
                self._restart_the_dead()
            self._stop()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _start(self, part: Part) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        part.started = time.monotonic()
        part.pid = os.fork()
        if part.pid == 0:
            _become(part)

    def _restart_the_dead(self) -> None:
        for part in self._reap():
            print(f"tilth: the {part.name} process ended unexpectedly; starting it again.", file=sys.stderr)
            if time.monotonic() - part.started < SHORT_LIFE:
                time.sleep(PAUSE)
            self._start(part)

    def _reap(self) -> list[Part]:
        dead = [part for part in self.parts if part.pid and os.waitpid(part.pid, os.WNOHANG)[0]]
        for part in dead:
            part.pid = 0
        return dead

    def _stop(self) -> None:
        self._send(signal.SIGTERM)
        signal.alarm(GRACE)
        while any(part.pid for part in self.parts):
            if signal.sigwait(AWAITED) == signal.SIGALRM:
                self._send(signal.SIGKILL)
            self._reap()
        signal.alarm(0)

    def _send(self, number: signal.Signals) -> None:
        for part in self.parts:
            if part.pid:
                os.kill(part.pid, number)


def apart(work: Callable[[], str]) -> str:
    """What `work` returns, done in a process of its own, so that the memory it took is given back."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os._exit(_answer(work, writing))
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code:
        raise Misset(said or "Tilth could not get ready; see above.")
    return said


def _answer(work: Callable[[], str], writing: int) -> int:
    code = 1
    end_with_parent()
    with os.fdopen(writing, "w") as pipe:
        try:
            pipe.write(work())
            code = 0
        except Misset as problem:
            pipe.write(str(problem))
        except BaseException:
            sys.excepthook(*sys.exc_info())
    sys.stderr.flush()
    return code


def _become(part: Part) -> None:
    """The rest of a forked process's life. It has a group of its own: Ctrl+C reaches it by way of its parent only."""
    code = 1
    try:
        os.setpgid(0, 0)
        end_with_parent()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)
        part.work()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
