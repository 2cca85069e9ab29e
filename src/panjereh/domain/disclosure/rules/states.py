"""What can become of a question to a register."""

from enum import StrEnum


class FactState(StrEnum):
    """`asked` waits for the register; the other three are final."""

    ASKED = "asked"
    ANSWERED = "answered"
    DENIED = "denied"
    DISCARDED = "discarded"
