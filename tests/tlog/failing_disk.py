"""A disk whose steps fail, one at a time, in every way a step can fail."""

from collections.abc import Callable
from enum import Enum
from itertools import count
from pathlib import Path

from panjereh_tlog.directory import Disk


class Fault(Enum):
    NOT_STORED = "failed"
    STORED = "failed but happened"
    TORN = "happened by half"
    TWICE = "failed and happened twice"


class PowerCutError(OSError):
    """The step failed; what of it reached the disk is the matter of the test."""


class FailingDisk(Disk):
    """Breaks the step with the number `step`, from nought, in one way. Later steps would work again."""

    def __init__(self, step: int, fault: Fault) -> None:
        self.steps = count()
        self.step, self.fault = step, fault
        self.has_failed = False

    def replace(self, path: Path, content: bytes) -> None:
        # Half a replaced file is a draft beside it: the new name appears whole or not at all.
        torn = path.with_name(path.name + ".new")
        with self._breaking(lambda: super(FailingDisk, self).replace(path, content)) as half:
            if half:
                torn.parent.mkdir(parents=True, exist_ok=True)
                torn.write_bytes(content[: len(content) // 2])

    def append(self, path: Path, content: bytes) -> None:
        with self._breaking(lambda: super(FailingDisk, self).append(path, content)) as half:
            if half:
                super().append(path, content[: len(content) // 2])

    def cut(self, path: Path, length: int) -> None:
        with self._breaking(lambda: super(FailingDisk, self).cut(path, length)):
            pass

    def remove(self, path: Path) -> None:
        with self._breaking(lambda: super(FailingDisk, self).remove(path)):
            pass

    def steps_done(self) -> int:
        """How many steps there were."""
        return next(self.steps)

    def _breaking(self, step: Callable[[], None]) -> "Breaking":
        return Breaking(self, step)


class Breaking:
    """Do the step, or break it; inside, say whether half of it is to be done."""

    def __init__(self, disk: FailingDisk, step: Callable[[], None]) -> None:
        self.disk, self.step = disk, step
        self.fails = next(disk.steps) == disk.step

    def __enter__(self) -> bool:
        if not self.fails or self.disk.fault in {Fault.STORED, Fault.TWICE}:
            self.step()
        if self.fails and self.disk.fault is Fault.TWICE:
            self.step()
        return self.fails and self.disk.fault is Fault.TORN

    def __exit__(self, *_: object) -> None:
        if self.fails:
            self.disk.has_failed = True
            raise PowerCutError
