"""One line of the table of failures."""

from dataclasses import dataclass

Proof = tuple[str, ...]
"""Tests by `path under tests::function`; a function of `journeys/failures` is a moment of the long walk."""


@dataclass(frozen=True, slots=True)
class Never:
    """Why this way of failing cannot do harm or cannot happen."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One kind of call: who calls whom for what, from which `places` of the source, and its four proofs."""

    origin: str
    to: str
    what: str
    places: tuple[str, ...] = ()
    failed: Proof
    happened: Proof | Never
    slow: Proof | Never
    twice: Proof | Never

    @property
    def proofs(self) -> dict[str, Proof | Never]:
        """The four ways by the word a page says."""
        return {
            "failed": self.failed,
            "failed but happened": self.happened,
            "slow": self.slow,
            "twice": self.twice,
        }


READING = Never("it reads and changes nothing")
PURE = Never("it works out the same answer again and changes nothing")
