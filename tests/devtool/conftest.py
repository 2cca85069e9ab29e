"""Checkouts of their own, and what the tool leaves outside of them taken away again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtool import paths, postgres


def _cleared(root: Path, *, whole: bool) -> None:
    for name in ("main", "test"):
        server = postgres.server(name, checkout=root, venv=paths.VENV)  # type: ignore[arg-type]
        postgres.stop(server)
        for left in server.home.glob(f"{name}-data*"):
            shutil.rmtree(left)
        if whole:
            shutil.rmtree(server.home)
            shutil.rmtree(server.socket_directory, ignore_errors=True)
            return


@pytest.fixture(scope="module")
def _one_checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    # For root, each checkout costs a copy of the binaries.
    root = tmp_path_factory.mktemp("one") / "checkout"
    root.mkdir()
    yield root
    _cleared(root, whole=True)


@pytest.fixture
def checkout(_one_checkout: Path) -> Iterator[Path]:
    """Return a checkout whose servers have no data yet; they are ended afterwards."""
    yield _one_checkout
    _cleared(_one_checkout, whole=False)


@pytest.fixture
def deep_checkout(tmp_path: Path) -> Iterator[Path]:
    """Return a checkout whose path alone is longer than a socket's may be."""
    root = tmp_path / ("d" * 100)
    root.mkdir()
    yield root
    _cleared(root, whole=True)
