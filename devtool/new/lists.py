"""Additions to the list of data sets, which is JSON set by hand: its lines stay as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from devtool.console import Trouble
from devtool.new.plan import part

if TYPE_CHECKING:
    from devtool.new.plan import Plan

LIST, FEDERATION = "data/exchange/datasets.json", "src/panjereh_land/preparation/federation.py"


def add_purpose(plan: Plan, code: str, *, title_fa: str, title_en: str) -> None:
    """Name why a question is asked."""
    values = {"purpose": code, "title_fa": title_fa, "title_en": title_en}
    plan.insert(LIST, f",\n{part('purpose.json', values).rstrip()}", after='"purposes": {', before="\n  },\n")
    _still_json(plan)


def add_contract(plan: Plan, data_set: str, service: str, *, purpose: str, law: str) -> None:
    """Let the platform ask a listed data set for one more purpose: here and in the practice country."""
    entry = contract(data_set, purpose=purpose, law=law)
    after = f'"key": "{data_set}"'
    begin = plan.text(LIST).index(after)
    opening = plan.text(LIST)[begin:].partition('"contracts": [')[0] + '"contracts": ['
    plan.insert(LIST, f",\n{entry}", after=opening, before="\n      ],")
    _still_json(plan)
    add_to_federation(plan, data_set, service, purpose=purpose, law=law)


def contract(data_set: str, *, purpose: str, law: str) -> str:
    """Return a contract as the list has it."""
    return (
        f'        {{\n          "id": "practice-{data_set}-{purpose}-1",\n'
        f'          "purpose": "{purpose}",\n          "legal_basis": "{law}"\n        }}'
    )


def add_to_federation(plan: Plan, data_set: str, service: str, *, purpose: str, law: str) -> None:
    """Add the same contract to the practice exchange; `service` is its path, `member/subsystem/service`."""
    line = f'    Contract("{data_set}", "PRACTICE/GOV/{service}", "{purpose}", "{law}"),\n'
    plan.insert(FEDERATION, line, after="\nCONTRACTS = (\n", before=")\n\n\ndef ")


def add_data_set(plan: Plan, entry: str) -> None:
    """Add a whole data set at the end of the list."""
    text = plan.text(LIST)
    head, _, tail = text.rpartition("\n  ]\n}")
    plan.put(LIST, f"{head},\n{entry.rstrip()}\n  ]\n}}{tail}")
    _still_json(plan)


def _still_json(plan: Plan) -> None:
    try:
        json.loads(plan.text(LIST))
    except ValueError as fault:
        raise Trouble(
            f"{LIST} is not as ./dev new knows it: {fault}.", hint="Nothing was written."
        ) from fault
