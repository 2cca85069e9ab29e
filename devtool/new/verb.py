"""`./dev new`: what it takes, and what it says when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devtool import docs, environment, paths
from devtool.console import say
from devtool.new import connector, room, service

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from devtool.new.plan import Plan

_NEXT = {
    "room": "./dev check && ./dev test --all {name} access",
    "service": "./dev check && ./dev test --all packs catalogue",
    "connector": "./dev check && ./dev test --all land packs",
}


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its kinds to the parser."""
    new = verbs.add_parser("new", help="write a room, a service or a connector that passes the gate as it is")
    kinds = new.add_subparsers(dest="kind", required=True, metavar="kind")
    room_ = kinds.add_parser("room", help="a room: door, operations, table, pages, texts, tests")
    room_.add_argument("name", help="its subject, such as complaints")
    room_.add_argument("--above", required=True, help="the highest room it may use")
    service_ = kinds.add_parser("service", help="a service as data: a folder in packs, nothing to program")
    service_.add_argument("name", metavar="id", help="such as civil.record-extract")
    service_.add_argument("--owner", required=True, help="the agency that decides, as in the directory")
    connector_ = kinds.add_parser("connector", help="a data set: contract, practice register, tests")
    connector_.add_argument("agency", help="the agency that holds it, as in the directory")
    connector_.add_argument("name", metavar="data_set", help="such as tax.clearance")
    connector_.add_argument("--purpose", required=True, help="why it is asked, as in the exchange's list")
    connector_.add_argument("--law", default="data-act-1401", help="on which law, as in the exchange's list")
    connector_.add_argument("--node", default="places", help="the practice node that serves a new agency")
    for kind in (room_, service_, connector_):
        kind.add_argument("--title-fa", required=True, help="what people read in Persian")
        kind.add_argument("--title-en", required=True, help="what people read in English")


def run(asked: argparse.Namespace) -> int:
    """Write what was asked for, and the reference that tells of it; return the status."""
    plan = plan_of(asked, root=paths.ROOT)
    environment.set_up()
    for name in plan.write():
        say(f"  {'wrote' if name in plan.made else 'changed'} {name}")
    environment.set_up()  # once more: there may be new catalogues to compile
    status = docs.write(only_check=False)
    if status:
        say("\nAll of it is written, but the reference could not be made anew: ./dev docs")
        return status
    say(f"\nIt works as it is; now make it yours. To see: {_NEXT[asked.kind].format(name=asked.name)}")
    return 0


def plan_of(asked: argparse.Namespace, *, root: Path) -> Plan:
    """Return what would be written. Raises `Trouble` for a name or title that cannot be."""
    titles = {"title_fa": asked.title_fa, "title_en": asked.title_en, "root": root}
    match asked.kind:
        case "room":
            return room.plan(asked.name, above=asked.above, **titles)
        case "service":
            return service.plan(asked.name, owner=asked.owner, **titles)
        case _:
            reasons = {"purpose": asked.purpose, "law": asked.law, "node": asked.node}
            return connector.plan(asked.agency, asked.name, **reasons, **titles)
