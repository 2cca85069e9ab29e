"""The three ways a thing can go wrong, told apart by type.

A `Refusal` is an anticipated "no": it has a stable public code, carries facts instead of prose, and is safe
to show. A `PeerError` is the other side's fault and keeps the evidence. Anything else is a bug.
"""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 -- the domain's word: a refusal is an answer, not a malfunction
    """An anticipated "no".

    Subclasses set `code` (stable, public, kebab-case, listed in the reference) and may set `status`, the
    HTTP status that says the same. Facts are attributes; the sentence a person reads is in the message
    catalogue under the code.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 409

    def facts(self) -> dict[str, str | int | bool]:
        """Return what may be shown beside the code: names to plain values, never personal data."""
        return {
            name: value if isinstance(value, (str, int, bool)) else str(value)
            for name, value in vars(self).items()
            if not name.startswith("_")
        }


class NotFound(Refusal):
    """Absent, or not yours: both are the same answer, so that nobody learns which."""

    code = "not-found"
    status = 404


class PeerError(Exception):
    """The other side failed or lied. `evidence` is what it sent, kept for a dispute."""

    code: ClassVar[str] = "peer-error"

    def __init__(self, message: str, *, evidence: bytes = b"") -> None:
        super().__init__(message)
        self.evidence = evidence
