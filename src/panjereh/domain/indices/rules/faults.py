"""What can be wrong with a file of published figures, by number; in English, for operators and officers."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """A kind of fault by its number, which keeps its meaning."""

    NOT_A_TABLE = "I01"
    NOT_A_NUMBER = "I02"
    UNKNOWN_STATE = "I03"
    DOUBLED_ROW = "I04"
    OUTSIDE_SCALE = "I05"
    UNKNOWN_SOURCE = "I06"
    RANK_NOT_REPRODUCED = "I07"
    WEIGHTS_NOT_ADDING_UP = "I08"
    STATES_MISSING = "I09"
    RANKED_OTHERWISE = "I10"
    TARGET_CHANGED = "I11"
    METHOD_NOT_USABLE = "I12"
    VALUE_MISSING = "I13"
    BASELINE_OTHERWISE = "I14"
    METHOD_OTHERWISE = "I15"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong: file, line, which kind, and what it is about."""

    file: str
    line: int
    kind: FaultKind
    about: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.kind} {self.about}"


class IndexDataFaultyError(Exception):
    """Files of the reference data that cannot be imported; `faults` has everything wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))
