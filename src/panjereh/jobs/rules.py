"""The rules in force, compared with the record now and then, so that none changes unseen."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from panjereh.domain.audit import api as audit
from panjereh.domain.upkeep import api as upkeep
from panjereh.jobs.registry import periodic_job
from panjereh.plumbing import edge
from panjereh.plumbing.policies import Policy
from panjereh_kernel.actor import Actor


@periodic_job("upkeep.note_rules", every="*/5 * * * *")
def note_rules(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate hands the tick in
    """Leave a leaf when a limit, a definition of a figure or the list of data sets is another than before."""
    upkeep.note_rules(rules_in_force(), actor=Actor.system("rules"), at=edge.now())


def rules_in_force() -> audit.Facts:
    """Return every rule that settings and files say: limits in words, files by their digests."""
    environment = settings.PANJEREH
    in_tables = (*settings.REQUEST_LIMITS.values(), settings.EXPORT_LIMITS.values(), settings.SIGNS.values())
    policies = {policy.name: policy for each in in_tables for policy in each}
    limited = [
        f"{route} {each.name} {_spelled(each)}"
        for route, its in settings.REQUEST_LIMITS.items()
        for each in its
    ]
    data = environment.data_directory
    return {
        **{f"limit.{name}": _spelled(policy) for name, policy in policies.items()},
        "limited_routes": hashlib.sha256("\n".join(limited).encode()).hexdigest(),
        "figures": _digest(data.glob("figures/*.json")),
        "data_sets": _digest(data.glob("exchange/*.json")),
        "desk_acr": environment.desk_acr,
        "trusted_proxies": environment.trusted_proxies,
        "profile": environment.profile.value,
    }


def _spelled(policy: Policy) -> str:
    return f"{policy.most} in {policy.window.total_seconds():.0f} s by {policy.scope.value}"


def _digest(files: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
