"""What may be asked of whom, why, and on which law: from the list the programs themselves read."""

from __future__ import annotations

import json
from typing import Any

from devtool import paths
from devtool.reference import markdown

_LIST = "data/exchange/datasets.json"
_CERTAINTY = (
    "Certainty: A text seen, B secondary source, C general knowledge, D assumption of the practice country."
)


def page() -> str:
    """Return the page of data sets and contracts."""
    known: dict[str, Any] = json.loads((paths.ROOT / _LIST).read_text(encoding="utf-8"))
    data_sets = known["data_sets"]
    return markdown.page(
        "Data sets and contracts",
        f"From [`{_LIST}`](../../{_LIST}). The platform asks as "
        f"`{known['instance']}/{known['consumer']}`. A node lets a question through when the signed "
        "configuration holds its contract; everything else is refused.",
        markdown.section(
            "Data sets",
            markdown.table(
                ("key", "title", "holder", "address at the node", "asked with", "answered with"),
                [_data_set(each, known["instance"]) for each in data_sets],
            ),
        ),
        markdown.section(
            "Contracts",
            markdown.table(
                ("contract", "purpose", "legal basis"),
                [_contract(each, known) for data_set in data_sets for each in data_set["contracts"]],
            ),
        ),
        markdown.section(
            "Legal bases",
            _CERTAINTY,
            markdown.table(
                ("code", "law", "certainty"),
                [
                    [markdown.code(code), _both(law), law["certainty"]]
                    for code, law in known["legal_bases"].items()
                ],
            ),
        ),
    )


def _data_set(each: dict[str, Any], instance: str) -> list[str]:
    return [
        markdown.code(each["key"]),
        _both(each["title"]),
        markdown.code(each["holder"]),
        markdown.code(f"POST /r1/{instance}/{each['provider']}/{each['service']}"),
        markdown.codes(each["request"]["properties"]),
        markdown.codes(_members(each["answer"]["properties"])),
    ]


def _members(properties: dict[str, Any]) -> list[str]:
    found = []
    for name, schema in properties.items():
        inner = schema.get("properties", {})
        found += [f"{name}.{member}" for member in inner] or [name]
    return found


def _contract(each: dict[str, str], known: dict[str, Any]) -> list[str]:
    purpose = known["purposes"][each["purpose"]]
    return [
        markdown.code(each["id"]),
        f"`{each['purpose']}`: {purpose['en']}",
        markdown.code(each["legal_basis"]),
    ]


def _both(title: dict[str, str]) -> str:
    return title["en"] + markdown.persian(title["fa"])
