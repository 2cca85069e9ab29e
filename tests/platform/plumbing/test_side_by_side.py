"""Several processes of one parent: all work, all end together, and none outlives the parent."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

pytestmark = pytest.mark.slow

# Each child says its number and ends when it is asked to; `after` is what it does then.
PROGRAM = """
import os, select, time
from panjereh.plumbing.side_by_side import alarm_on_signals, in_processes

def work(end):
    with alarm_on_signals() as alarm:
        os.write(1, b"%d\\n" % os.getpid())
        select.select([alarm, end], [], [])
        {after}
        os.write(1, b"ended\\n")

in_processes(2, work)
"""


@pytest.fixture
def start() -> Iterator[Callable[..., tuple[subprocess.Popen[str], list[int]]]]:
    """Return what starts a program of two processes and returns it with the numbers of both."""
    started: list[subprocess.Popen[str]] = []

    def run(*, after: str = "pass") -> tuple[subprocess.Popen[str], list[int]]:
        program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(after=after)],
            env=os.environ | {"PYTHONPATH": "src"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(program)
        return program, [int(program.stdout.readline()) for _ in range(2)]

    yield run
    for program in started:
        program.kill()
        program.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_when_the_parent_is_asked_to_end_every_child_ends_in_good_order(start, number):
    program, _ = start()

    program.send_signal(number)

    said, _ = program.communicate(timeout=20)
    assert (said.split(), program.returncode) == (["ended", "ended"], 0)


def test_when_everybody_is_asked_at_once_nobody_is_hurried(start):
    program, children = start(after="time.sleep(0.1)")

    for process in (*children, program.pid):
        os.kill(process, signal.SIGTERM)

    said, _ = program.communicate(timeout=20)
    assert (said.split(), program.returncode) == (["ended", "ended"], 0)


def test_when_one_child_dies_the_other_ends_and_the_parent_says_so(start):
    program, children = start()

    os.kill(children[0], signal.SIGKILL)

    said, failure = program.communicate(timeout=20)
    assert said.split() == ["ended"]
    assert "ChildFailed" in failure
    assert program.returncode == 1


def test_no_child_outlives_a_parent_that_was_killed(start):
    program, _ = start()

    program.kill()

    # The pipe ends when the last of them has let go of it.
    said, _ = program.communicate(timeout=20)
    assert said.split() == ["ended", "ended"]


def test_a_second_signal_ends_everybody_at_once(start):
    program, _ = start(after="time.sleep(5)")

    program.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(timeout=0.3)
    program.send_signal(signal.SIGTERM)

    said, _ = program.communicate(timeout=20)
    assert (said, program.returncode) == ("", -signal.SIGTERM)
