"""The picture of the programs: what runs, where it listens, and what they speak with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devtool import ports
from devtool.programs import UNITS
from devtool.reference import source
from devtool.reference.drawing import Drawing

if TYPE_CHECKING:
    from collections.abc import Mapping

_FEDERATION = "panjereh_land/preparation/federation.py"
# Where each program stands: left, top, width, and what it is, in a few words. The rest is read.
_PLACES: Mapping[str, tuple[int, int, int, str]] = {
    "idp": (20, 150, 190, "OpenID, FAPI 2.0"),
    "web": (240, 150, 170, "pages, operations"),
    "sequencer": (440, 150, 170, "audit log, figures"),
    "worker": (630, 150, 196, "jobs, documents"),
    "node-platform": (630, 318, 196, ""),
    "node-interior": (414, 470, 196, ""),
    "node-places": (630, 470, 196, ""),
    "registry": (20, 470, 190, "signs the configuration"),
    "land": (414, 622, 412, ""),
}


def picture() -> str:
    """Return the picture. Raises `LookupError` for a program that has no place in it."""
    running = [unit for unit in UNITS if not unit.is_task]
    if lost := {unit.name for unit in running} ^ set(_PLACES):
        raise LookupError(
            f"the picture of the programs and devtool.programs differ: {', '.join(sorted(lost))}"
        )
    drawing = Drawing(
        title="The programs of Panjereh",
        description="A browser speaks to the web process and the identity provider. Web, worker and "
        "sequencer share one database. The worker asks the platform's exchange node, which asks the nodes of "
        "the agencies over mutual TLS; these ask the agencies' own registers. All nodes fetch the signed "
        "configuration from the registry.",
        height=712,
    )
    _ways(drawing)
    drawing.box(230, 24, 190, ("a person's browser",))
    for unit in running:
        left, top, width, what = _PLACES[unit.name]
        lines = (unit.name, *filter(None, (what,)), *_listens(unit.name))
        drawing.box(left, top, width, lines, height=76 if top < 600 else 60)  # noqa: PLR2004 - the last row
    drawing.box(20, 318, 190, ("PostgreSQL", "panjereh_idp"), height=60, kind="held")
    drawing.box(240, 318, 370, ("PostgreSQL", "panjereh: app, read and trace roles"), height=60, kind="held")
    return drawing.svg()


def _port(name: str) -> int:
    return ports.FIRST + ports.NAMES.index(name)


def _listens(program: str) -> tuple[str, ...]:
    if program.startswith("node-"):
        node = program.removeprefix("node-")
        served = source.literal(source.module(_FEDERATION), "SERVED_BY")
        edge, tls = _port(f"{node}-edge"), _port(f"{node}-mtls")
        return f"serves {', '.join(served[node])}", f"edge :{edge}, mTLS :{tls}"  # type: ignore[index]
    if program == "land":
        questions = source.calls(source.module("panjereh_land/asgi.py"), "Service")
        agencies = ", ".join(source.text_of(call.args[0]) for _, call in questions)
        return (f"invented registers of {agencies}, :{_port('land')}",)
    return (f":{_port(program)}",) if program in ports.NAMES else ()


def _ways(drawing: Drawing) -> None:
    for path, both in (
        ("M325 60 V150", True),
        ("M230 42 H115 V150", False),
        ("M285 226 V248 H180 V226", False),
        ("M115 226 V318", False),
        ("M325 226 V318", False),
        ("M525 226 V318", False),
        ("M660 226 L590 318", False),
        ("M730 226 V318", False),
        ("M730 394 V470", False),
        ("M680 394 L570 470", False),
        ("M515 546 V622", False),
        ("M730 546 V622", False),
        ("M414 508 H210", False),
    ):
        drawing.way(path, both=both)
    for x, y, text, anchor in (
        (335, 112, "HTTP(S)", "start"),
        (125, 112, "HTTP(S), redirects", "start"),
        (222, 268, "account plane, PAR, token", "middle"),
        (125, 302, "SQL", "start"),
        (335, 302, "SQL", "start"),
        (535, 302, "SQL", "start"),
        (742, 278, "HTTP, r1", "start"),
        (742, 438, "mutual TLS,", "start"),
        (742, 458, "signed", "start"),
        (504, 438, "mutual TLS,", "end"),
        (504, 458, "signed", "end"),
        (527, 590, "HTTP", "start"),
        (742, 590, "HTTP", "start"),
        (222, 496, "every node fetches (JWS)", "start"),
    ):
        drawing.words(x, y, text, style="soft label", anchor=anchor)
