"""A key and folders for the tests of the log."""

from pathlib import Path

import pytest

from panjereh_tlog.notes import Signer

ORIGIN = "log.panjereh.test/audit"


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer.make(ORIGIN, seed=b"\x07" * 32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"
