"""The rows of `web/desk/acts`."""

from tests.platform.access.lines import SIGN_IN, Line

LINES = (
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:acts", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
)
NOT_RENDERED = {
    "acts/list.html": "tests/platform/desk",
}
