"""Which law is cited where: by packs, by contracts of the exchange, and by rules in code.

Code cites by the directory's own codes, `law: civil-procedure-act-1379#445` in a docstring or a comment, so
that a citation can be held against the directory. Packs are held against it by the linter as well, when they
are installed.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import yaml

from devtool import paths
from devtool.reference import markdown, source

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA = "data/iran"
_CITED = re.compile(r"\b[Ll]aw: ((?:[a-z0-9]+-[a-z0-9#-]+(?:,\s+)?)+)")
# An article named in words leads nowhere; pages for readers cite by `catalogue.Law` instead.
_IN_WORDS = re.compile(r"\b[Aa]rticles? [0-9]+")
_PAGES_FOR_READERS = "panjereh/web/public/law/claims.py"
Law = tuple[str, str]  # instrument, article or note ("" is the whole)


def page() -> str:
    """Return the page of citations."""
    by_law: dict[Law, list[str]] = defaultdict(list)
    for cited, place in citations():
        by_law[cited].append(place)
    return markdown.page(
        "Law and who cites it",
        f"From [`{_DATA}`](../../{_DATA}/README.md), the packs, the contracts of the exchange, and `law:` in "
        "code; what the pages under `/law` cite stands on them. "
        "Certainty: A published text seen, B secondary source, C general knowledge, D assumption.",
        markdown.table(
            ("instrument", "article", "about", "certainty", "cited by"),
            [
                [
                    markdown.code(instrument),
                    article,
                    row.get("about_en") or row["title_en"],
                    row["certainty"],
                    "<br>".join(dict.fromkeys(by_law[instrument, article])),
                ]
                for (instrument, article), row in known().items()
            ],
        ),
    )


def known() -> dict[Law, dict[str, str]]:
    """Return every instrument and article of the directory with its row."""
    rows = {(row["id"], ""): row for row in _rows("legal_instruments.csv")}
    rows |= {(row["instrument_id"], row["number"]): row for row in _rows("legal_articles.csv")}
    return dict(sorted(rows.items(), key=lambda item: (item[0][0], len(item[0][1]), item[0][1])))


def citations() -> Iterator[tuple[Law, str]]:
    """Yield what is cited and by what, as a link or a name."""
    for path in sorted((paths.ROOT / "packs").glob("*/service.yaml")):
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        for place, law in _in_tree(tree, ""):
            link = f"[`{path.parent.name}`](../../packs/{path.parent.name}/service.yaml)"
            yield (law["instrument"], law["article"]), f"{link} {place}"
    exchange = json.loads((paths.ROOT / "data/exchange/datasets.json").read_text(encoding="utf-8"))
    for data_set in exchange["data_sets"]:
        for contract in data_set["contracts"]:
            yield (contract["legal_basis"], ""), f"contract `{contract['id']}`"
    for module in source.modules():
        for cited in _in_code((source.SOURCE / module.path).read_text(encoding="utf-8")):
            yield cited, module.link


def unnamed() -> list[str]:
    """Return the modules that name an article in words instead of citing it."""
    return [
        module.path
        for module in source.modules()
        if module.path != _PAGES_FOR_READERS
        and _IN_WORDS.search((source.SOURCE / module.path).read_text(encoding="utf-8"))
    ]


def _in_code(text: str) -> Iterator[Law]:
    for found in _CITED.finditer(re.sub(r"\n\s*#? *", " ", text)):
        for each in found[1].strip(" ,").split(","):
            instrument, _, article = each.strip().partition("#")
            yield instrument, article


def _in_tree(tree: Any, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(tree, list):
        for each in tree:
            yield from _in_tree(
                each, f"{place}.{each['id']}" if isinstance(each, dict) and "id" in each else place
            )
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key in {"law", "legal_basis"}:
                yield place, value
            else:
                yield from _in_tree(value, f"{place}.{key}".strip("."))


def _rows(name: str) -> list[dict[str, str]]:
    with (paths.ROOT / _DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
