"""Keys, tokens and passwords in the tree, and in commits being added: what was once committed is known.

Rules of our own instead of a scanner: a dozen shapes, and texts that look drawn at random where a name says
that it is one. What is meant to stand there is in `ALLOWED`, by its digest and with a reason.
"""

from __future__ import annotations

import hashlib
import math
import re
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

from devtool import paths
from devtool.checks import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SHAPES = {
    "a private key": re.compile("-----BEGIN [A-Z ]*" + "PRIVATE KEY"),
    "a private JWK": re.compile(r"""["']d["']\s*:\s*["'][A-Za-z0-9_-]{40,}["']"""),
    "an AWS key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a token of a code host": re.compile(r"\b(?:gh[pousr]_|github_pat_|glpat-)[0-9A-Za-z_-]{20,}"),
    "a token of a chat": re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{20,}"),
    "a token of a package index": re.compile(r"\b(?:pypi-[A-Za-z0-9_-]{40,}|npm_[A-Za-z0-9]{36})"),
    "a Google key": re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b"),
    "a signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}"),
    "a password in an address": re.compile(r"://[^/\s:@{}<>]+:[^/\s:@{}<>$]{8,}@[a-z0-9.-]+\.[a-z]{2,}"),
}
_NAMED = re.compile(
    r"""(?i)(?:secret|token|passw(?:or)?d|api_?key|private_?key|credential)\w*["']?\s*(?::[^=\n]{0,30})?[=:]\s*"""
    r"""["']([A-Za-z0-9+/_=-]{20,})["']"""
)
# Words run to about 3.3 bits a letter, text drawn at random to 4.5 and more; a sentence with hyphens between.
_DRAWN_BITS = 4.1
# SHA-256 of what was found → why it may stand there.
ALLOWED: dict[str, str] = {}
# Published test keys of RFCs, and what others ship.
_PLACES = ("tests/vectors/", "tests/vendor/")
_NEWEST = 20


def faults(root: Path = paths.ROOT) -> list[str]:
    """Return one line per place that holds a secret, in the tree or in a commit, and per idle permission."""
    hits = [*_in_tree(root), *_in_commits(root)]
    found = [f"{where}: looks like {what}" for where, what, text in hits if digest(text) not in ALLOWED]
    seen = {digest(text) for _, _, text in hits}
    idle = [
        f"devtool/checks/secrets.py: nothing is allowed by {key[:12]} any more"
        for key in ALLOWED
        if key not in seen
    ]
    return list(dict.fromkeys(found)) + idle


def digest(text: str) -> str:
    """Return what names a found text without telling it."""
    return hashlib.sha256(text.encode()).hexdigest()


def secrets_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, what it looks like, and the text itself, of everything that looks like a secret."""
    for what, shape in SHAPES.items():
        for hit in shape.finditer(text):
            yield text.count("\n", 0, hit.start()) + 1, what, hit.group()
    for hit in _NAMED.finditer(text):
        if is_drawn(hit[1]):
            yield text.count("\n", 0, hit.start()) + 1, "a secret drawn at random", hit[1]


def is_drawn(text: str) -> bool:
    """Whether letters and digits of a text are spread as if drawn, and it is not words."""
    counts = Counter(text)
    bits = -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
    return bits >= _DRAWN_BITS and any(each.isdigit() for each in text)


def _in_tree(root: Path) -> Iterator[tuple[str, str, str]]:
    for path in files.tracked(root):
        name = files.shown(path, root)
        if name.startswith(_PLACES):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for line, what, hit in secrets_in(text):
            yield f"{name}:{line}", what, hit


def _in_commits(root: Path) -> Iterator[tuple[str, str, str]]:
    """Look at what the commits add that upstream does not have, or at the newest where upstream has all."""
    place, commit = "", ""
    for line in _added(root):
        if line.startswith("commit "):
            commit = line.split()[1][:12]
        elif line.startswith("+++ "):
            place = line.removeprefix("+++ ").removeprefix("b/")
        elif line.startswith("+") and not place.startswith(_PLACES):
            for _, what, hit in secrets_in(line[1:]):
                yield f"{place} (commit {commit})", what, hit


def _added(root: Path) -> Iterable[str]:
    for span in (["origin/main..HEAD"], [f"--max-count={_NEWEST}", "HEAD"]):
        command = [
            "git",
            "-C",
            str(root),
            "log",
            "-p",
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            *span,
            "--",
        ]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode == 0 and done.stdout:
            return done.stdout.decode(errors="replace").splitlines()
    return ()
