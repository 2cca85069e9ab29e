"""The sheet of OWASP ASVS 5.0, levels 1 and 2: what is met, by which evidence, and what is not."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from devtool import paths
from devtool.reference import markdown

DATA = "docs/security/asvs.csv"
CHAPTERS = {
    1: "Encoding and Sanitization",
    2: "Validation and Business Logic",
    3: "Web Frontend Security",
    4: "API and Web Service",
    5: "File Handling",
    6: "Authentication",
    7: "Session Management",
    8: "Authorization",
    9: "Self-contained Tokens",
    10: "OAuth and OIDC",
    11: "Cryptography",
    12: "Secure Communication",
    13: "Configuration",
    14: "Data Protection",
    15: "Secure Coding and Architecture",
    16: "Security Logging and Error Handling",
    17: "WebRTC",
}
STATES = ("met", "not met", "not applicable", "not assessed")


@dataclass(frozen=True)
class Requirement:
    """One requirement, what it is about in our words, and where we stand."""

    number: str
    level: int
    about: str
    state: str
    evidence: tuple[str, ...]
    note: str

    @property
    def chapter(self) -> int:
        """The number of its chapter."""
        return int(self.number.partition(".")[0])


@cache
def requirements() -> tuple[Requirement, ...]:
    """Return the whole sheet, in its order. Raises `LookupError` for a state that is none."""
    with (paths.ROOT / DATA).open(encoding="utf-8", newline="") as file:
        found = tuple(
            Requirement(
                row["requirement"],
                int(row["level"]),
                row["about"],
                row["state"],
                tuple(row["evidence"].split()),
                row["note"],
            )
            for row in csv.DictReader(file)
        )
    if strange := [each.number for each in found if each.state not in STATES]:
        raise LookupError(f"{DATA}: no such state: {', '.join(strange)}")
    return found


def page() -> str:
    """Return the page."""
    return markdown.page(
        "ASVS 5.0, levels 1 and 2",
        "Judged by ourselves, by nobody else. Numbers, levels and chapters "
        "are those of the [OWASP Application Security Verification Standard "
        "5.0.0](https://github.com/OWASP/ASVS/tree/v5.0.0) (OWASP Foundation, CC BY-SA 4.0), where each "
        "requirement is to be read; what it is about is told here in a few words of our own. “Met” names its "
        "evidence, and a test holds that it is there; evidence shows the thing, it does not prove that "
        "nothing is missing.",
        markdown.table(("level", *STATES), [[str(level), *_counts(level)] for level in (1, 2)]),
        *(
            markdown.section(f"V{chapter} {name}", markdown.table(_HEADINGS, _rows(chapter)))
            for chapter, name in CHAPTERS.items()
        ),
    )


_HEADINGS = ("requirement", "level", "about", "state", "evidence or reason")


def _counts(level: int) -> list[str]:
    held = [each.state for each in requirements() if each.level == level]
    return [str(held.count(state)) for state in STATES]


def _rows(chapter: int) -> list[list[str]]:
    return [
        [
            f"v5.0.0-{each.number}",
            str(each.level),
            each.about,
            each.state,
            "<br>".join(markdown.code(one) for one in each.evidence) or each.note,
        ]
        for each in requirements()
        if each.chapter == chapter
    ]
