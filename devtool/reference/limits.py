"""How often which route may be asked for, gathered from the packages that say it of their own routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devtool.reference import markdown
from panjereh.config.limits import EXPORT_LIMITS, REQUEST_LIMITS, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from panjereh.plumbing.policies import Policy


def page() -> str:
    """Return the page."""
    return markdown.page(
        "Limits",
        "What is over a limit is answered 429 with the time to wait. A route that is not here is not "
        "limited, or is counted where it is decided: steps of a sign-in and checks of documents. Which "
        "limits a route has stands in `limits.py` of its package; a test holds every route that changes "
        "something to one.",
        markdown.section(
            "How far", markdown.table(("limit", "counts", "at most", "in"), _policies(_of_routes()))
        ),
        markdown.section("Routes", markdown.table(("route", "limits"), _routes())),
        markdown.section(
            "Carrying away, and signs of intrusion",
            markdown.table(
                ("limit", "counts", "at most", "in"), _policies([*EXPORT_LIMITS.values(), *SIGNS.values()])
            ),
        ),
    )


def _of_routes() -> Iterable[Policy]:
    known = {policy.name: policy for policies in REQUEST_LIMITS.values() for policy in policies}
    return [known[name] for name in sorted(known)]


def _policies(policies: Iterable[Policy]) -> Iterator[list[str]]:
    for policy in policies:
        minutes = policy.window.total_seconds() / 60
        yield [markdown.code(policy.name), policy.scope.value, str(policy.most), f"{minutes:.0f} min"]


def _routes() -> Iterator[list[str]]:
    for route in sorted(REQUEST_LIMITS):
        yield [markdown.code(route), markdown.codes(policy.name for policy in REQUEST_LIMITS[route])]
