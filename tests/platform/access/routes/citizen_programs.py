"""The rows of `web/citizen/programs`."""

from tests.platform.access.lines import ON, SIGN_IN, Line, Things
from tests.platform.web.rows import add_consents

LINES = (
    Line("citizen:programs", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:take_back", "GET", "consent", SIGN_IN, 200, 404),
    Line("citizen:take_back", "POST", "consent", SIGN_IN, ON, 404),
)
THINGS: Things = {
    "consent": lambda citizen: {"consent_id": citizen.consent_id},
}
OWNED = ("consent",)
PINNED = {
    "/programs/": 4,
}
ADDERS = {"/programs/": add_consents}
