"""`./dev docs`: the pages made from the code, by a process of the environment, as the maker reads YAML."""

from __future__ import annotations

import subprocess

from devtool import environment, paths


def write(*, only_check: bool) -> int:
    """Write the pages that are out of date, or only name them; return the status."""
    command = [str(paths.PYTHON), "-m", "devtool.reference", *(["--check"] if only_check else [])]
    settings = environment.program_environment() | {"PYTHONPATH": f"{paths.ROOT}:{paths.ROOT / 'src'}"}
    return subprocess.run(command, cwd=paths.ROOT, env=settings, check=False).returncode
