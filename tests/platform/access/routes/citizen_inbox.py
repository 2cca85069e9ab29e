"""The rows of `web/citizen/inbox`."""

from tests.platform.access.lines import SIGN_IN, Line, Things
from tests.platform.web.rows import add_messages

LINES = (
    Line("citizen:inbox", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:message", "GET", "message", SIGN_IN, 200, 404, head=False),
)
THINGS: Things = {
    "message": lambda citizen: {"message_id": citizen.message_ids[0]},
}
OWNED = ("message",)
PINNED = {
    "/inbox/": 3,
}
ADDERS = {"/inbox/": add_messages}
