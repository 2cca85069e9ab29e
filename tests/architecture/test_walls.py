"""Every wall holds: one forbidden import, and exactly the contract that forbids it is broken.

A wall without a trespass here could be a wall that stops nobody, so the list of contracts and the list of
trespasses are compared.
"""

import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
_CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
_NAMES = {contract["id"]: contract["name"] for contract in _CONTRACTS}
ROOMS = (
    "evaluation",
    "indices",
    "figures",
    "casework",
    "documents",
    "messaging",
    "disclosure",
    "catalogue",
    "upkeep",
    "people",
    "exchange",
    "directory",
    "audit",
)


@dataclass(frozen=True)
class Trespass:
    """A line added to a new module, and the id of the contract that must break."""

    contract: str
    module: str
    line: str

    def __str__(self) -> str:
        return f"{self.contract}: {self.module}: {self.line}"


def _door(room: str) -> Trespass:
    # From above, past the door, straight to the rows.
    return Trespass(f"door-{room}", "panjereh/web/trespass.py", f"import panjereh.domain.{room}.models")


TRESPASSES = (
    Trespass("programs", "panjereh_node/trespass.py", "import panjereh_registry"),
    Trespass("programs", "panjereh_land/trespass.py", "import panjereh.config"),
    Trespass("programs", "panjereh_tlog/trespass.py", "import panjereh_contracts"),
    Trespass("programs", "panjereh_kernel/trespass.py", "import panjereh_tlog"),
    Trespass("platform", "panjereh/plumbing/trespass.py", "import panjereh.domain"),
    Trespass("platform", "panjereh/domain/audit/trespass.py", "import panjereh.web"),
    Trespass("platform", "panjereh/web/trespass.py", "import panjereh.jobs"),
    Trespass("platform", "panjereh/jobs/trespass.py", "import panjereh.config"),
    Trespass("rooms", "panjereh/domain/audit/trespass.py", "import panjereh.domain.casework.api"),
    Trespass("rooms", "panjereh/domain/people/trespass.py", "import panjereh.domain.catalogue.api"),
    Trespass("inside-programs", "panjereh_idp/protocol/trespass.py", "import panjereh_idp.adapters"),
    Trespass("inside-programs", "panjereh_node/flows/trespass.py", "import panjereh_node.adapters"),
    Trespass("inside-programs", "panjereh_registry/protocol/trespass.py", "import panjereh_registry.flows"),
    Trespass("pure", "panjereh_kernel/trespass.py", "import socket"),
    Trespass("pure", "panjereh_contracts/trespass.py", "import httpx"),
    Trespass("pure", "panjereh_idp/protocol/trespass.py", "import starlette"),
    Trespass("pure", "panjereh/domain/casework/rules/trespass.py", "import django"),
    Trespass("light-programs", "panjereh_node/adapters/trespass.py", "import django"),
    Trespass("light-programs", "panjereh_idp/adapters/trespass.py", "import jinja2"),
    Trespass("no-cycles", "panjereh_tlog/trespass.py", "import panjereh_tlog.trespass_back"),
    *(_door(room) for room in ROOMS),
)


@pytest.fixture(scope="session")
def broken_as_it_stands(copy_of_tree: Path) -> set[str]:
    return _broken(copy_of_tree)


def test_the_tree_as_it_stands_keeps_every_wall(broken_as_it_stands: set[str]) -> None:
    assert broken_as_it_stands == set()


@pytest.mark.parametrize("trespass", TRESPASSES, ids=str)
def test_a_trespass_breaks_its_wall_and_no_other(
    trespass: Trespass, copy_of_tree: Path, broken_as_it_stands: set[str]
) -> None:
    place = copy_of_tree / "src" / trespass.module
    back = place.with_name("trespass_back.py")
    place.write_text(f"{trespass.line}\n")
    if trespass.contract == "no-cycles":
        back.write_text("import panjereh_tlog.trespass\n")
    try:
        broken = _broken(copy_of_tree)
    finally:
        place.unlink()
        back.unlink(missing_ok=True)

    # An import the wrong way along a path that is used the right way is a cycle as well.
    by_itself = {_NAMES["no-cycles"]} - {_NAMES[trespass.contract]}
    assert broken - broken_as_it_stands - by_itself == {_NAMES[trespass.contract]}


def test_every_wall_has_a_trespass() -> None:
    assert {trespass.contract for trespass in TRESPASSES} == set(_NAMES)


def test_every_room_has_a_door_and_a_place_in_the_order() -> None:
    rooms = {
        place.name for place in (ROOT / "src/panjereh/domain").iterdir() if (place / "__init__.py").exists()
    }

    assert rooms == {
        identifier.removeprefix("door-") for identifier in _NAMES if identifier.startswith("door-")
    }


def test_no_import_is_excused_but_through_the_doors() -> None:
    excused = [line for contract in _CONTRACTS for line in contract.get("ignore_imports", [])]

    assert [line for line in excused if not re.fullmatch(r"\*\* -> panjereh\.domain\.\w+\.api", line)] == []


_CONFIG = ("--config", "pyproject.toml")


def _broken(tree: Path) -> set[str]:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--cache-dir", tree / "cache", *_CONFIG],
        cwd=tree,
        env={"PYTHONPATH": str(tree / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    assert re.search(r"Contracts: \d+ kept", said), said + done.stderr
    return {match[1].strip() for match in re.finditer(r"^(.*\S)\s+BROKEN\b.*$", said, re.MULTILINE)}
