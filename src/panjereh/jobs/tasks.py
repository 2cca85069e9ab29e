"""Every module of jobs, imported once so that the worker knows them all."""

from importlib import import_module
from pathlib import Path

_NOT_JOBS = {"__init__", "apps", "registry", "subscriptions", "tasks"}

for _module in sorted(Path(__file__).parent.glob("*.py")):
    if _module.stem not in _NOT_JOBS:
        import_module(f"panjereh.jobs.{_module.stem}")
