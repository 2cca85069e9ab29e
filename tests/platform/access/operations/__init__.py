"""The table of doors: which operation answers whom.

Each room brings its own rows in a module here, called after it. `ACTING` holds every function of a door that
takes an actor, called about a thing of Mina's by nobody, by Mina, by Arash, and by the platform itself. Every
other function stands in a set named after why it needs none.
"""

from tests import collected
from tests.platform.access.answers import Operation

_ROOMS = collected.modules(__name__, __path__)
ACTING: tuple[Operation, ...] = collected.rows(_ROOMS, "ACTING")
WHY_WITHOUT_ACTOR = {
    "PUBLIC": "public: the same for everybody, and nothing personal in it",
    "PURE": "pure: answers from what it is given",
    "BY_BROWSER": "before anybody is known: only the browser that began the sign-in gets an answer",
    "CALLERS_RIGHT": "the caller has the right to the person or the case whose id it hands in",
    "BY_REFERENCE": (
        "whoever made the check: its reference is 128 random bits, and what it opens names nobody"
    ),
    "WORK": "work of the platform itself: jobs, commands and the sequencer call it, no page does",
}
WITHOUT_ACTOR: dict[str, tuple[str, ...]] = {
    why: collected.rows(_ROOMS, name) for name, why in WHY_WITHOUT_ACTOR.items()
}
