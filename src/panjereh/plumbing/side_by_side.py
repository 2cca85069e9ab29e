"""A program as several processes of one parent, and how each is asked to end: by signals and by a pipe."""

import os
import select
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final

_STOPPING_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class ChildFailed(Exception):  # noqa: N818 -- reads as what happened
    """A process ended though nobody asked it to."""


class Alarm:
    """Wakes a thread out of `select`; may be rung from a signal's handler and from other threads."""

    def __init__(self) -> None:
        self._hears, self._rings = socket.socketpair()
        # One word is enough; who rings must never wait.
        self._rings.settimeout(0)

    def ring(self) -> None:
        """Wake whoever waits, now or later."""
        with suppress(BlockingIOError):
            self._rings.send(b"!")

    def fileno(self) -> int:
        """Return what `select` waits on: readable for good once it was rung."""
        return self._hears.fileno()

    def close(self) -> None:
        """Let go of both ends."""
        self._hears.close()
        self._rings.close()


@contextmanager
def alarm_on_signals(*, at_second: Callable[[], None] | None = None) -> Iterator[Alarm]:
    """Yield an alarm that the first SIGTERM or SIGINT rings. A second one ends the process at once.

    `at_second` is called before it does. Only in the main thread, which alone is told of signals.
    """
    alarm = Alarm()

    def hurry(number: int, _frame: FrameType | None) -> None:
        if at_second:
            at_second()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in _STOPPING_SIGNALS:
            signal.signal(each, hurry)
        alarm.ring()

    before = {number: signal.signal(number, stop) for number in _STOPPING_SIGNALS}
    try:
        yield alarm
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        alarm.close()


def in_processes(count: int, work: Callable[[int], None]) -> None:
    """Call `work` in so many forked processes until asked to stop by a signal, or one of them ends.

    `work` gets a file that can be read as soon as it is to end: everybody is asked, or the parent died. A
    child returns from here as from `work`, and ends as the program does. The parent raises `ChildFailed` if
    one failed or ended unasked. To be called before there are threads and connections.
    """
    end, asking = os.pipe()
    children: list[int] = []

    def kill() -> None:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    # Before the first child is there: a signal must not find a parent that knows nothing of it.
    with alarm_on_signals(at_second=kill) as alarm:
        for _ in range(count):
            child = os.fork()
            if child == 0:
                os.close(asking)
                work(end)
                return
            children.append(child)
        os.close(end)
        _watch(children, alarm, asking)


def _watch(children: list[int], alarm: Alarm, asking: int) -> None:
    watched: list[Alarm | int] = [alarm, *map(os.pidfd_open, children)]
    ready, _, _ = select.select(watched, [], [])
    # The last one that could write is gone: this is the end of the file for every child.
    os.close(asking)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    if alarm not in ready or any(statuses):
        raise ChildFailed("one of its processes did")
