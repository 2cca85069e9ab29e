"""Names and titles that may be written into code, catalogues, YAML and paths without a second thought.

Everything a person types is held against a narrow alphabet here, so that no template has to quote anything.
"""

from __future__ import annotations

import builtins
import csv
import json
import keyword
import re
from typing import TYPE_CHECKING, Any

from devtool.console import Trouble

if TYPE_CHECKING:
    from pathlib import Path

_ROOM = re.compile(r"[a-z]{3,20}")
_DOTTED = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*){1,3}")
_DATA_SET = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*")
# The letters of Persian: neither Arabic yeh and kaf nor marks; half-spaces only between two letters.
_LETTER = (
    r"[\u0621-\u0624\u0626-\u0628\u062a-\u063a\u0641\u0642\u0644-\u0648\u067e\u0686\u0698\u06a9\u06af\u06cc]"
)
_MORE = r"[\u06f0-\u06f9\u060c() ]"
_PERSIAN_TITLE = re.compile(rf"{_LETTER}(?:{_LETTER}|{_MORE}|\u200c(?={_LETTER})){{2,79}}")
_ENGLISH_TITLE = re.compile(r"[A-Za-z][A-Za-z0-9 ,()'-]{2,79}")
_LONGEST_ID = 40

# Names of a practice register's own imports.
_NO_QUESTIONS = frozenset({"dt", "questions"})
# What a room is about has a name of its own; these name a technique, or what every room and its tests have.
_NO_SUBJECTS = frozenset(
    {
        "access",
        "actor",
        "admin",
        "answer",
        "api",
        "apps",
        "auth",
        "base",
        "browser",
        "citizen",
        "client",
        "close",
        "common",
        "contenttypes",
        "context",
        "core",
        "dataclasses",
        "domain",
        "edge",
        "entries",
        "entry",
        "error",
        "events",
        "first",
        "form",
        "found",
        "given",
        "health",
        "helpers",
        "kind",
        "kit",
        "label",
        "listed",
        "locale",
        "messages",
        "migrations",
        "misc",
        "models",
        "name",
        "older",
        "opened",
        "operations",
        "outbox",
        "owner",
        "page",
        "pages",
        "panjereh",
        "persian",
        "person",
        "place",
        "procrastinate",
        "pytest",
        "queries",
        "redirect",
        "render",
        "request",
        "reverse",
        "rows",
        "rules",
        "sealing",
        "see",
        "services",
        "sessions",
        "settings",
        "shared",
        "states",
        "static",
        "staticfiles",
        "tests",
        "told",
        "utils",
        "views",
        "words",
    }
)


def room(name: str, *, root: Path) -> str:
    """Return the name of a room that can be made. Raises `Trouble`."""
    if not _ROOM.fullmatch(name):
        raise Trouble(
            f"{name!r} cannot be the name of a room.", hint="3 to 20 small Latin letters: complaints"
        )
    if _is_taken_by_python(name) or name in _NO_SUBJECTS:
        raise Trouble(f"{name} is a reserved word here.", hint="Call the room after its subject: complaints")
    taken = [place for place in _places_of_a_room(root, name) if place.exists()]
    taken += [urls for urls in (root / "src/panjereh/web").glob("*/*/urls.py") if _is_address(name, urls)]
    if taken:
        raise Trouble(f"{name} is there already: {taken[0].relative_to(root)}.")
    return name


def existing_room(name: str, *, root: Path) -> str:
    """Return the name of a room that is there. Raises `Trouble`."""
    domain = root / "src/panjereh/domain"
    rooms = sorted(place.parent.name for place in domain.glob("*/api.py"))
    if name not in rooms:
        raise Trouble(f"There is no room called {name!r}.", hint=f"There are: {', '.join(rooms)}.")
    return name


def service(name: str, *, root: Path) -> str:
    """Return the id of a service that can be made. Raises `Trouble`."""
    if not _DOTTED.fullmatch(name) or len(name) > _LONGEST_ID:
        raise Trouble(
            f"{name!r} cannot be the id of a service.",
            hint=f"Small Latin words with dots and hyphens, at most {_LONGEST_ID} letters: civil.extract",
        )
    if (root / "packs" / name).exists():
        raise Trouble(f"{name} is there already: packs/{name}.")
    if f"case.{last_part(name)}" in exchange(root)["purposes"]:
        raise Trouble(
            f"Another service asks its registers for case.{last_part(name)}.",
            hint="Choose another last part: the purpose of a question names one service.",
        )
    return name


def data_set(name: str, *, root: Path) -> str:
    """Return the key of a data set that can be made. Raises `Trouble`."""
    if not _DATA_SET.fullmatch(name) or len(name) > _LONGEST_ID:
        raise Trouble(
            f"{name!r} cannot be the key of a data set.",
            hint=f"Two small Latin words with a dot, at most {_LONGEST_ID} letters: tax.clearance",
        )
    if _is_taken_by_python(last_part(name)) or last_part(name) in _NO_QUESTIONS:
        raise Trouble(f"{last_part(name)} is a reserved word here.", hint="Choose another last part.")
    if name in {each["key"] for each in exchange(root)["data_sets"]}:
        raise Trouble(f"{name} is there already: data/exchange/datasets.json.")
    return name


def agency(name: str, *, root: Path) -> dict[str, str]:
    """Return the row of an agency of the directory. Raises `Trouble`."""
    with (root / "data/iran/agencies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["id"] == name:
                return row
    raise Trouble(f"The directory has no agency {name!r}.", hint="Its list is data/iran/agencies.csv.")


def listed(name: str, kind: str, *, root: Path) -> str:
    """Return a code of `purposes` or `legal_bases` of the exchange's list. Raises `Trouble`."""
    known = exchange(root)[kind]
    if name not in known:
        raise Trouble(f"The exchange has no {kind} {name!r}.", hint=f"There are: {', '.join(known)}.")
    return name


def persian_title(text: str) -> str:
    """Return a Persian title of one line. Raises `Trouble`."""
    if not _PERSIAN_TITLE.fullmatch(text) or text.endswith(" ") or "  " in text:
        raise Trouble(
            f"{text!r} cannot be the Persian title.",
            hint="3 to 80 Persian letters (its own yeh and kaf), digits, half-spaces, commas, brackets.",
        )
    return text


def english_title(text: str) -> str:
    """Return an English title of one line. Raises `Trouble`."""
    if not _ENGLISH_TITLE.fullmatch(text) or text.endswith(" ") or "  " in text:
        raise Trouble(
            f"{text!r} cannot be the English title.",
            hint="3 to 80 Latin letters, digits, spaces, commas, hyphens and brackets, a letter first.",
        )
    return text


def exchange(root: Path) -> dict[str, Any]:
    """Return what is known on the exchange."""
    known: dict[str, Any] = json.loads((root / "data/exchange/datasets.json").read_text(encoding="utf-8"))
    return known


def last_part(name: str) -> str:
    """Return what stands behind the last dot."""
    return name.rpartition(".")[2]


def snake(name: str) -> str:
    """Return a name with hyphens and dots as Python writes it."""
    return name.replace("-", "_").replace(".", "_")


def _is_taken_by_python(name: str) -> bool:
    return keyword.iskeyword(name) or keyword.issoftkeyword(name) or hasattr(builtins, name)


def _places_of_a_room(root: Path, name: str) -> list[Path]:
    source = root / "src/panjereh"
    return [
        *(place / name for place in (source / "domain", source, source / "web", source / "web/citizen")),
        *(place / name for place in (root / "tests/platform", root / "tests")),
        *source.glob(f"**/templates/{name}"),
    ]


def _is_address(name: str, urls: Path) -> bool:
    """Return whether addresses of a package of pages, or their names, begin with this word."""
    return re.search(rf'"{name}["/]', urls.read_text(encoding="utf-8")) is not None
