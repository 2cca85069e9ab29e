"""The table of what one practice instance consists of, in the order of starting: data, no code.

A *task* runs once and ends; a *program* stays and, if it serves, answers at its health address. Each starts
as soon as everything it comes `after` is done or healthy. `panjereh_land prepare` writes the settings.
"""

from __future__ import annotations

from dataclasses import dataclass

from devtool import paths


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One row of the table."""

    name: str
    command: tuple[str, ...]  # arguments of the environment's Python
    settings: str  # whose settings of the manifest
    after: tuple[str, ...] = ()
    port: str = ""  # the name of the port that answers /health/ready
    databases: tuple[str, ...] = ()  # keys of devtool.databases.SETTINGS
    is_task: bool = False


_MODULE = "-m"
_PLATFORM = (_MODULE, "panjereh")

UNITS: tuple[Unit, ...] = (
    Unit(
        name="migrate",
        # Django's own checks load every page first: every other command runs them, and no page waits here.
        command=(*_PLATFORM, "migrate", "--verbosity", "0", "--skip-checks"),
        settings="platform",
        databases=("platform", "platform-owner"),
        is_task=True,
    ),
    Unit(
        name="migrate-idp",
        command=(_MODULE, "panjereh_idp", "migrate"),
        settings="idp",
        databases=("idp", "idp-owner"),
        is_task=True,
    ),
    Unit(
        name="registry", command=(_MODULE, "panjereh_registry", "serve"), settings="registry", port="registry"
    ),
    Unit(name="land", command=(_MODULE, "panjereh_land", "serve"), settings="land", port="land"),
    *(
        Unit(
            name=f"node-{node}",
            command=(_MODULE, "panjereh_node", "serve"),
            settings=f"node-{node}",
            after=("registry",),
            port=f"{node}-edge",
        )
        for node in ("platform", "interior", "places")
    ),
    Unit(
        name="fill",
        command=(*_PLATFORM, "fill"),
        settings="platform",
        after=("migrate",),
        databases=("platform",),
        is_task=True,
    ),
    Unit(
        # Signs the practice officers in once and gives them their roles, as they would do it themselves.
        name="officers",
        command=(*_PLATFORM, "practice-officers", str(paths.KEYS / "platform/officers.json")),
        settings="platform",
        after=("fill", "land", "node-platform", "node-interior", "node-places"),
        databases=("platform",),
        is_task=True,
    ),
    Unit(
        name="idp",
        command=(_MODULE, "panjereh_idp", "serve"),
        settings="idp",
        after=("migrate-idp",),
        port="idp",
        databases=("idp",),
    ),
    Unit(
        # Its start takes as long as filling does; the instance is up when both are done.
        name="web",
        command=(*_PLATFORM, "serve"),
        settings="platform",
        after=("migrate",),
        port="web",
        databases=("platform",),
    ),
    Unit(
        name="worker",
        command=(*_PLATFORM, "worker"),
        settings="platform",
        # It would ask the registers about the officers before the task does, and send codes nobody reads.
        after=("officers",),
        databases=("platform",),
    ),
    Unit(
        name="sequencer",
        command=(*_PLATFORM, "sequencer"),
        settings="platform",
        after=("fill",),
        databases=("platform",),
    ),
)
