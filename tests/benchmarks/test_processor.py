"""Processor time is counted with that of children, the living and the dead."""

import os
import subprocess
import sys

from benchmarks import processor

_WORK = "import time\nwhile time.process_time() < 0.2: pass\n"
_COUNTED = 0.15
"""What is sure to be counted of it: the kernel gives whole ticks of 10 ms, of user and system time each."""


def test_what_an_ended_child_spent_counts() -> None:
    before = processor.seconds_of(os.getpid())

    subprocess.run([sys.executable, "-c", _WORK], check=True)

    assert processor.seconds_of(os.getpid()) - before >= _COUNTED


def test_what_a_living_child_spent_counts() -> None:
    before = processor.seconds_of(os.getpid())

    with subprocess.Popen(
        [sys.executable, "-c", f"{_WORK}print('done', flush=True)\ninput()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout
        child.stdout.readline()
        spent = processor.seconds_of(os.getpid()) - before
        child.communicate(b"\n")

    assert spent >= _COUNTED
