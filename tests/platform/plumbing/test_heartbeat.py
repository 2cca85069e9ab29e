"""A program nobody can call leaves a file whose age says whether it goes round."""

import datetime as dt
import os
from pathlib import Path

from panjereh.plumbing import heartbeat
from panjereh.plumbing.heartbeat import Heartbeat

AT = dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def said(folder: Path) -> str:
    (file,) = folder.glob("worker.*.heartbeat")
    return file.read_text(encoding="ascii").strip()


def test_it_says_when_its_process_last_went_round_at_most_every_second(tmp_path: Path):
    pulse = Heartbeat(tmp_path / "state", "worker")

    for passed, expected in ((0, 0), (0.9, 0), (1, 1), (60, 60)):
        pulse.beat(AT + passed * SECOND)
        assert said(tmp_path / "state") == (AT + expected * SECOND).isoformat()


def test_a_clock_that_was_put_back_does_not_stop_it(tmp_path: Path):
    pulse = Heartbeat(tmp_path, "worker")
    pulse.beat(AT)

    pulse.beat(AT - dt.timedelta(hours=1))

    assert said(tmp_path) == (AT - dt.timedelta(hours=1)).isoformat()


def test_who_ends_in_good_order_leaves_none_and_who_was_killed_is_forgotten_at_the_next_start(tmp_path: Path):
    ended = Heartbeat(tmp_path, "worker")
    ended.beat(AT)
    ended.end()
    assert not list(tmp_path.iterdir())

    heartbeat.write(tmp_path / f"worker.{os.getpid() + 1}.heartbeat", AT)
    heartbeat.write(tmp_path / "sequencer.heartbeat", AT)
    heartbeat.forget(tmp_path, "worker")

    assert [path.name for path in tmp_path.iterdir()] == ["sequencer.heartbeat"]
