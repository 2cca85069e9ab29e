"""A copy of the source tree to trespass in."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def copy_of_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the source tree and the walls, both as they stand; leave it as you found it."""
    copy = tmp_path_factory.mktemp("tree")
    without = shutil.ignore_patterns("__pycache__", "locale", "data", "templates")
    shutil.copytree(ROOT / "src", copy / "src", ignore=without)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy
