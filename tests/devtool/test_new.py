"""`./dev new` writes whole and well-formed files, or nothing at all."""

import ast
import datetime as dt
import json
import shutil
import subprocess
import tomllib
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import pytest

from devtool import cli, paths
from devtool.console import Trouble
from devtool.new import verb
from devtool.new.plan import OURS, Plan

FA, EN = "گواهی‌های نمونه", "Sample certificates"
LONG_FA, LONG_EN = "ا" + "ب‌پ" * 26 + "ت", "E" + "e" * 79
TITLES = ("--title-fa", FA, "--title-en", EN)
LONG = ("--title-fa", LONG_FA, "--title-en", LONG_EN)
ROOM = ("room", "complaints", "--above", "casework")
SERVICE = ("service", "civil.record-extract", "--owner", "nocr")
CONNECTOR = ("connector", "inta", "tax.clearance", "--purpose", "identity.proof")
LONG_ID = "a" * 19 + "." + "b" * 20
KINDS = {
    "room": (*ROOM, *TITLES),
    "room with a long name": ("room", "r" * 20, "--above", "figures", *LONG),
    "service": (*SERVICE, *TITLES),
    "service with a long name": ("service", LONG_ID, "--owner", "post", *LONG),
    "connector of a new agency": (*CONNECTOR, *TITLES),
    "connector with a long name": ("connector", "nocr", LONG_ID, "--purpose", "identity.proof", *LONG),
}


def asked(*words: str) -> Namespace:
    parser = ArgumentParser()
    verb.add_to(parser.add_subparsers())
    return parser.parse_args(["new", *words])


def plan(tree: Path, *words: str) -> Plan:
    return verb.plan_of(asked(*words), root=tree)


def contents(tree: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}


def copy_of_the_lists(place: Path) -> Path:
    """Copy what the verb reads and changes, and the folders of the rooms."""
    files = ["pyproject.toml", "coverage-floor.json", "ARCHITECTURE.md", "src/panjereh/config/settings.py"]
    files += ["tests/architecture/test_walls.py"]
    files += ["data/iran/agencies.csv", "data/iran/legal_instruments.csv", "data/exchange/datasets.json"]
    for pattern in (
        "src/panjereh/domain/*/api.py",
        "src/panjereh/**/__init__.py",
        "src/panjereh/web/**/urls.py",
        "src/panjereh_land/**/*.py",
        "packs/*/service.yaml",
    ):
        files += [path.relative_to(paths.ROOT).as_posix() for path in paths.ROOT.glob(pattern)]
    for name in files:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(paths.ROOT / name, place / name)
    return place


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copy_of_the_lists(tmp_path)


@pytest.fixture(scope="module")
def lasting_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree that no test may change."""
    return copy_of_the_lists(tmp_path_factory.mktemp("lasting"))


@pytest.mark.parametrize("words", KINDS.values(), ids=KINDS)
def test_what_is_written_is_as_the_gates_tools_want_it(tree: Path, words: tuple[str, ...]) -> None:
    plan_ = plan(tree, *words)

    written = plan_.write()

    assert set(plan_.made) <= set(written)
    assert not [name for name in written if "${" in (tree / name).read_text("utf-8")]
    modules = [tree / name for name in written if name.endswith(".py")]
    for module in modules:
        ast.parse(module.read_text("utf-8"))
    json.loads((tree / "data/exchange/datasets.json").read_text("utf-8"))
    for command in (["format", "--check"], ["check", "--config", OURS]):
        done = subprocess.run(
            [paths.VENV / "bin/ruff", *command, "--quiet", "--no-cache", "--force-exclude", *modules],
            cwd=tree,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_a_room_stands_directly_above_the_one_named(tree: Path) -> None:
    plan(tree, *KINDS["room"]).write()

    project = tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))
    contracts = {each["id"]: each for each in project["tool"]["importlinter"]["contracts"]}
    layers = contracts["rooms"]["layers"]
    assert layers[layers.index("complaints") + 1] == "casework"
    assert contracts["door-complaints"]["protected_modules"] == ["panjereh.domain.complaints.*"]
    assert '    "casework",\n    "complaints",\n' in (tree / "src/panjereh/config/settings.py").read_text()
    assert '    "complaints",\n    "casework",\n' in (tree / "tests/architecture/test_walls.py").read_text()
    assert json.loads((tree / "coverage-floor.json").read_text())["panjereh/domain/complaints"] == 100.0
    assert "| `complaints` | sample certificates" in (tree / "ARCHITECTURE.md").read_text("utf-8")


def test_a_second_room_and_a_second_connector_find_their_places_too(tree: Path) -> None:
    plan(tree, *KINDS["room"]).write()
    plan(tree, "room", "objections", "--above", "complaints", *TITLES).write()
    plan(tree, *KINDS["connector of a new agency"]).write()
    plan(tree, "connector", "inta", "tax.debts", "--purpose", "identity.proof", *TITLES).write()

    settings = (tree / "src/panjereh/config/settings.py").read_text()
    assert '    "complaints",\n    "objections",\n' in settings
    federation = (tree / "src/panjereh_land/preparation/federation.py").read_text()
    assert '"places": ("post", "mrud", "inta"),' in federation
    assert federation.count('"PRACTICE/GOV/inta/tax"') == 1
    assert (tree / "src/panjereh_land/inta.py").read_text().count("import Draws\n") == 1


@pytest.mark.slow
def test_a_service_passes_the_linter_and_its_own_tests(tree: Path) -> None:
    from panjereh.domain.catalogue.rules.linter import read_pack
    from panjereh.domain.catalogue.rules.world import Instrument, Validity, World, data_set_shape

    plan(tree, *KINDS["service with a long name"]).write()

    folder = tree / "packs" / LONG_ID
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    shapes = {
        each["key"]: data_set_shape(
            each["key"],
            each["request"],
            each["answer"],
            frozenset((one["purpose"], one["legal_basis"]) for one in each["contracts"]),
        )
        for each in json.loads((tree / "data/exchange/datasets.json").read_text("utf-8"))["data_sets"]
    }
    law = {"data-act-1401": Instrument(Validity(None, None, "D"), {})}
    world = World(shapes, frozenset({"post", "nocr", "adj"}), law)

    pack = read_pack(files, folder=LONG_ID, world=world)

    assert (pack.id, pack.owner, pack.title) == (LONG_ID, "post", {"fa": LONG_FA, "en": LONG_EN})
    assert pack.valid_from <= dt.datetime.now(tz=dt.UTC).date()


HOSTILE: dict[str, tuple[str, ...]] = {
    **{
        f"room {name!r}": ("room", name, "--above", "casework", *TITLES)
        for name in (
            *("", "../x", "a/b", "/etc/x", "a.b", "com plaints", "Complaints", "شکایت", "r" * 21, "x\n"),
            *("class", "match", "casework", "web", "services", "events", "sessions", "list", "person"),
            *("inbox", "agencies", "about", "kit", "desk"),  # pages, addresses, names and templates there are
        )
    },
    **{
        f"above {name!r}": ("room", "complaints", "--above", name, *TITLES)
        for name in ("nowhere", "../casework", "")
    },
    **{
        f"service {name!r}": ("service", name, "--owner", "nocr", *TITLES)
        for name in (
            *("place.address-certificate", "other.address-certificate", "civil", "civil..x", "../civil.x"),
            *("civil.x/y", "civil.خلاصه", "Civil.x", "civil.x-", "a" * 20 + "." + "b" * 20, ""),
        )
    },
    "an owner nobody knows": ("service", "civil.extract", "--owner", "nobody", *TITLES),
    **{
        f"data set {name!r}": ("connector", "nocr", name, "--purpose", "identity.proof", *TITLES)
        for name in (
            "post.place",
            "x.person",
            "x.class",
            "x.list",
            "x.questions",
            "one",
            "a.b.c",
            "../a.b",
            "a.ب",
            "",
        )
    },
    **{
        f"agency {name!r}": ("connector", name, "tax.clearance", "--purpose", "identity.proof", *TITLES)
        for name in ("nobody", "../nocr", "")
    },
    "a purpose nobody named": ("connector", "inta", "tax.clearance", "--purpose", "curiosity", *TITLES),
    "a law nobody named": (*CONNECTOR, "--law", "some-act", *TITLES),
    "a node that is not there": (*CONNECTOR, "--node", "moon", *TITLES),
    **{
        f"Persian title {title!r}": (*ROOM, "--title-fa", title, "--title-en", EN)
        for title in ("", "ab", EN, 'گواهی"', "گواهی\nنمونه", "گواهي", "گواهی\u202e", "گواهی ", "گ" * 81)
    },
    **{
        f"English title {title!r}": (*ROOM, "--title-fa", FA, "--title-en", title)
        for title in ("", "x", FA, 'x" y', "x: y", "x\ny", "${room}", "xyz ", "x" * 81, "a\\nb")
    },
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_name_that_cannot_be_is_refused_with_a_sentence(lasting_tree: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(Trouble, match=r"\.$"):
        plan(lasting_tree, *words)


def test_a_refused_name_ends_the_verb_with_a_sentence_and_no_trace(
    monkeypatch: pytest.MonkeyPatch, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(paths, "ROOT", tree)
    before = contents(tree)

    assert cli.main(["new", "room", "../evil", "--above", "audit", *TITLES]) == 1

    assert "'../evil' cannot be the name of a room." in capsys.readouterr().out
    assert contents(tree) == before


@pytest.mark.parametrize("last", [1, 12, 24])
def test_nothing_is_left_when_writing_breaks_off(
    monkeypatch: pytest.MonkeyPatch, tree: Path, last: int
) -> None:
    whole = plan(tree, *KINDS["room"])
    before, folders = contents(tree), {path for path in tree.rglob("*") if path.is_dir()}
    write_whole, left = paths.write_whole, iter(range(last))

    def until_the_disk_is_full(path: Path, text: str, **options: Any) -> None:
        if next(left, None) is None and not path.exists():
            raise OSError(28, "No space left on device")
        write_whole(path, text, **options)

    monkeypatch.setattr(paths, "write_whole", until_the_disk_is_full)

    with pytest.raises(OSError, match="No space left"):
        whole.write()

    assert contents(tree) == before
    assert {path for path in tree.rglob("*") if path.is_dir()} == folders


def test_a_list_that_looks_otherwise_than_known_is_not_touched(tree: Path) -> None:
    walls = tree / "tests/architecture/test_walls.py"
    walls.write_text(walls.read_text().replace("ROOMS = (", "ROOMS = tuple("))
    before = contents(tree)

    with pytest.raises(Trouble, match=r"test_walls\.py is not as \./dev new knows it"):
        plan(tree, *KINDS["room"])

    assert contents(tree) == before


def test_a_file_that_is_there_already_is_never_overwritten(tree: Path) -> None:
    (tree / "changelog.d").mkdir()
    (tree / "changelog.d/+complaints.added.md").write_text("Mine.\n")

    with pytest.raises(Trouble, match=r"complaints\.added\.md is there already"):
        plan(tree, *KINDS["room"])
