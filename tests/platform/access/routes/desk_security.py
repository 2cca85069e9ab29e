"""The rows of `web/desk/security`."""

from tests.platform.access.lines import SIGN_IN, Line, Things

LINES = (
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:security", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_breach", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_breach", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:breach", "GET", "breach", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:settle_notice", "POST", "breach", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:close_breach", "POST", "breach", SIGN_IN, SIGN_IN, SIGN_IN),
)
THINGS: Things = {
    "breach": lambda _: {"number": 1},
}
NOT_RENDERED = dict.fromkeys(
    (
        "security/breach.html",
        "security/new.html",
        "security/overview.html",
    ),
    "tests/platform/desk",
)
