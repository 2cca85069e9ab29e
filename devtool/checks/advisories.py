"""Which pinned packages have known faults, asked of a service that speaks OSV's protocol.

The answer changes without us, so it is not part of the gate: `./dev check --online` asks. One request tells
the service the names and versions of `requirements/dev.txt`, nothing else; `--online=ADDRESS` asks an
operator's own mirror instead. No answer is never taken for a good one.
"""

from __future__ import annotations

import http.client
import json
import urllib.request
from typing import TYPE_CHECKING, Any, Final

from devtool import paths
from devtool.checks.dependencies import pinned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SERVICE: Final = "https://api.osv.dev"
_LONGEST: Final = 10_000_000
_PATIENCE_SECONDS: Final = 30.0


class NotAsked(Exception):  # noqa: N818 -- reads as what happened
    """The service gave no answer that says something about every package."""


def faults(
    service: str = SERVICE, *, root: Path = paths.ROOT, patience_seconds: float = _PATIENCE_SECONDS
) -> list[str]:
    """Return one line per pinned package with known faults, and their numbers. Raises `NotAsked`."""
    pins = pinned((root / "requirements" / "dev.txt").read_text(encoding="utf-8"))
    answer = _ask(service, pins, patience_seconds)
    try:
        known = [_numbers(result) for result in answer["results"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise NotAsked(f"{service} answered what is no answer") from error
    if len(known) != len(pins):
        raise NotAsked(f"{service} answered for {len(known)} of {len(pins)} packages")
    return [
        f"{name} {version}: {', '.join(numbers)} (https://osv.dev/vulnerability/{numbers[0]})"
        for (name, version), numbers in zip(pins.items(), known, strict=True)
        if numbers
    ]


def _ask(service: str, pins: Mapping[str, str], patience_seconds: float) -> Any:
    if not service.startswith(("https://", "http://")):
        raise NotAsked(f"{service} is no address")
    queries = [
        {"package": {"ecosystem": "PyPI", "name": name}, "version": version} for name, version in pins.items()
    ]
    request = urllib.request.Request(  # noqa: S310 -- looked at above
        f"{service.rstrip('/')}/v1/querybatch",
        data=json.dumps({"queries": queries}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=patience_seconds) as answer:  # noqa: S310 -- looked at above
            return json.loads(answer.read(_LONGEST))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotAsked(f"{service} gave no answer: {error}") from error


def _numbers(result: Mapping[str, Any] | None) -> list[str]:
    # A result with more than a page of faults has said enough on its first one.
    return sorted(str(each["id"]) for each in (result or {}).get("vulns", ()))
