"""The rows of `web/desk/home`."""

from tests.platform.access.lines import SIGN_IN, Line

LINES = (
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:home", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
)
NOT_RENDERED = {
    "desk_home/home.html": "tests/platform/desk",
}
