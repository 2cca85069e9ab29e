"""The picture of trust boundaries: who stands where, and which lines what they say has to cross."""

from __future__ import annotations

from devtool.reference.drawing import Drawing

# Zones of trust: name, left, top, width, height, and who stands in it (left, top, width, lines).
ZONES = (
    (
        "Anybody",
        20,
        20,
        800,
        106,
        (
            (40, 52, 230, ("person, officer", "browser")),
            (305, 52, 230, ("a bank's program",)),
            (570, 52, 230, ("another agency's node",)),
        ),
    ),
    (
        "This installation",
        20,
        176,
        800,
        250,
        (
            (40, 210, 180, ("identity provider", "panjereh_idp")),
            (240, 210, 180, ("web", "pages, interface")),
            (440, 210, 160, ("worker", "jobs")),
            (620, 210, 180, ("own node", "panjereh_node")),
            (40, 340, 180, ("PostgreSQL", "identity provider")),
            (240, 340, 360, ("PostgreSQL", "app, read, trace roles")),
        ),
    ),
    (
        "Apart, inside",
        20,
        470,
        395,
        100,
        ((40, 502, 160, ("rendering child",)), (225, 502, 170, ("reading child",))),
    ),
    ("The centre", 435, 470, 385, 100, ((570, 502, 180, ("registry",)),)),
)
# Boundaries of docs/security/threat-model.md: number, path, where the number stands.
CROSSINGS = (
    ("B1", "M155 104 V210", 160, 152),
    ("B1", "M240 104 L320 210", 268, 152),
    ("B2", "M420 87 L350 210", 402, 152),
    ("B3", "M700 87 V210", 706, 152),
    ("B4", "M220 238 H240", 222, 203),
    ("B5", "M330 266 V340", 336, 308),
    ("B5", "M130 266 V340", 136, 308),
    ("B5", "M500 266 V340", 506, 308),
    ("B6", "M600 238 H620", 602, 203),
    ("B7", "M320 440 H120 V502", 126, 462),
    ("B7", "M480 266 L480 320 L612 320 L612 440 L320 440 V502", 326, 462),
    ("B8", "M720 266 V502", 726, 448),
)


def picture() -> str:
    """Return the picture."""
    drawing = Drawing(
        title="Trust boundaries of Panjereh",
        description="People, officers, banks and other agencies stand outside. Inside stand the identity "
        "provider, the web process, the worker, the own exchange node and two databases. Strangers' files "
        "and templates are read in children apart. The registry stands at the centre of the exchange. Eight "
        "boundaries, B1 to B8, are crossed between them.",
        height=590,
    )
    for name, x, y, width, height, _ in ZONES:
        drawing.frame(x, y, width, height, name)
    for _, path, _, _ in CROSSINGS:
        drawing.way(path)
    for *_, inside in ZONES:
        for x, y, width, lines in inside:
            drawing.box(x, y, width, lines)
    for name, _, x, y in CROSSINGS:
        drawing.words(x, y, name, style="soft label")
    return drawing.svg()
