"""A new data set: its contract and schemas, the practice register that answers, and their tests."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from devtool.console import Trouble
from devtool.new import lists, names
from devtool.new.plan import Plan, part

if TYPE_CHECKING:
    from pathlib import Path

_COUNTRY = "src/panjereh_land"
_ASGI = f"{_COUNTRY}/asgi.py"
# Of right form, and nobody's: no register may know it.
_STRANGER = "0012345679"


def plan(
    agency: str, name: str, *, purpose: str, law: str, node: str, title_fa: str, title_en: str, root: Path
) -> Plan:
    """Return the plan of a data set that `agency` answers for. Raises `Trouble`."""
    holder, key = names.agency(agency, root=root), names.data_set(name, root=root)
    subsystem, _, service = key.partition(".")
    function = names.snake(service)
    plan = Plan(root)
    values = {
        "key": key,
        "agency": agency,
        "agency_name": holder["name_en"],
        "subsystem": subsystem,
        "service": service,
        "function": function,
        "CONSTANT": function.upper(),
        "stranger": _STRANGER,
        "purpose": names.listed(purpose, "purposes", root=root),
        "contract": lists.contract(key, purpose=purpose, law=names.listed(law, "legal_bases", root=root)),
        "title_fa": names.persian_title(title_fa),
        "title_en": names.english_title(title_en),
    }
    values["node"] = _join(plan, holder, subsystem, node=node)
    lists.add_data_set(plan, part("data_set.json", values))
    lists.add_to_federation(plan, key, f"{agency}/{subsystem}/{service}", purpose=purpose, law=law)
    _answer(plan, values)
    plan.fill("connector", values, {"SNAKE": names.snake(key), "SLUG": key.replace(".", "-")})
    return plan


def _join(plan: Plan, holder: dict[str, str], subsystem: str, *, node: str) -> str:
    """Make the agency a member with a node and a subsystem, where it is none; return its node."""
    text, agency = plan.text(lists.FEDERATION), holder["id"]
    served = {match[1]: re.findall(r'"(\w+)"', match[2]) for match in re.finditer(_SERVED, text)}
    if node not in served:
        raise Trouble(f"There is no practice node {node!r}.", hint=f"There are: {', '.join(served)}.")
    own = next((name for name, members in served.items() if agency in members), None)
    if own is None:
        line = f'    "{agency}": "{holder["name_en"]}",\n'
        plan.insert(lists.FEDERATION, line, after="\nMEMBERS: Mapping[str, str] = {\n", before="}\n")
        plan.insert(lists.FEDERATION, f', "{agency}"', after=f'    "{node}": ("', before="),\n")
    path = f'"PRACTICE/GOV/{agency}/{subsystem}"'
    if path not in text:
        line = f'    {path}: "Register {subsystem}",\n'
        plan.insert(lists.FEDERATION, line, after="\nSUBSYSTEMS: Mapping[str, str] = {\n", before="}\n")
    return own or node


_SERVED = re.compile(r'^    "(\w+)": \(("[^)]*)\),$', re.MULTILINE)


def _answer(plan: Plan, values: dict[str, str]) -> None:
    """Let the practice agency answer, in a module of its own or in the one it has."""
    agency, function = values["agency"], values["function"]
    module = f"{_COUNTRY}/{agency}.py"
    question = part("question.py", values)
    if (plan.root / module).exists():
        _extend(plan, module, function, question)
    else:
        plan.add(module, part("register.py", values) + question)
        plan.insert(_ASGI, f"{agency}, ", after="from panjereh_land import ", before="cra")
    path = f"/{agency}/{values['subsystem']}/{values['service']}"
    entry = (
        f'    Service("{agency}", "{path}", {agency}.{values["CONSTANT"]}_MEMBERS, {agency}.{function}),\n'
    )
    plan.insert(_ASGI, entry, after="\nSERVICES = (\n", before=")\n")


def _extend(plan: Plan, module: str, function: str, question: str) -> None:
    text = plan.text(module)
    taken = {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    if "from panjereh_land.questions import Answer" not in text or function in taken:
        raise Trouble(
            f"{module} is no place for {function}: it is no agency's, or answers such a question already.",
            hint="Nothing was written. Choose another last part for the data set.",
        )
    for line in ("from panjereh_land.draws import Draws\n", "from panjereh_land.people import COUNTRY_DAY\n"):
        if line not in text:
            plan.insert(module, line, after='"""', before="from panjereh_land.questions import Answer")
    plan.put(module, plan.text(module) + question)
