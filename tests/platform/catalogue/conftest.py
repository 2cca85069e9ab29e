import csv
import datetime as dt
import json
from pathlib import Path

import pytest
import yaml

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.catalogue.operations.pack_folder import read_folder
from panjereh.domain.catalogue.rules.linter import read_pack
from panjereh.domain.catalogue.rules.world import Instrument, Validity, World, data_set_shape
from tests.platform.catalogue.shelf import one_pack
from tests.platform.known import make_known

ROOT = Path(__file__).resolve().parents[3]
AT = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
SERVICE = "place.address-certificate"


@pytest.fixture
def at():
    return AT


@pytest.fixture
def _directory():
    make_known(at=AT)


@pytest.fixture
def packs(tmp_path):
    """Return a copy of the pack of the product, to be spoiled."""
    return one_pack(tmp_path)


@pytest.fixture
def pack_folder(packs):
    return packs / SERVICE


@pytest.fixture
def edit(pack_folder):
    """Return a function that replaces text in a file of the pack, and insists that it was there."""

    def replace(name, old, new):
        path = pack_folder / name
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), "utf-8")

    return replace


@pytest.fixture
def change(pack_folder):
    """Return a function that hands a file's tree to be changed in place and writes it back."""

    def rewrite(name, deed):
        path = pack_folder / name
        tree = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- strings only
        deed(tree)
        path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "utf-8")

    return rewrite


@pytest.fixture
def install(packs, at):
    return lambda: catalogue.install_packs(packs, at=at)


@pytest.fixture(scope="session")
def world():
    """Return what packs are judged against, from the same files the platform reads, without a database."""
    known = json.loads((ROOT / "data/exchange/datasets.json").read_text("utf-8"))
    shapes = {
        one["key"]: data_set_shape(
            one["key"],
            one["request"],
            one["answer"],
            frozenset((contract["purpose"], contract["legal_basis"]) for contract in one["contracts"]),
        )
        for one in known["data_sets"]
    }
    agencies = frozenset(row["id"] for row in _rows("agencies.csv"))
    return World(shapes, agencies, {row["id"]: _instrument(row) for row in _rows("legal_instruments.csv")})


def _instrument(row):
    articles = {
        article["number"]: (Validity(None, None, article["certainty"]),)
        for article in _rows("legal_articles.csv")
        if article["instrument_id"] == row["id"]
    }
    approved = row["approved_on"]
    since = dt.date.fromisoformat(approved) if approved else None
    return Instrument(Validity(since, None, row["certainty"]), articles)


def _rows(name):
    with (ROOT / "data/iran" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def lint(world, pack_folder):
    """Return a function that reads the pack as the installer does."""
    return lambda: read_pack(read_folder(pack_folder), folder=pack_folder.name, world=world)


@pytest.fixture
def installed(packs, at):
    make_known(at=at, packs=packs)
    return catalogue.current_pack(SERVICE)
