"""The rows of `web/public/home`."""

from tests.platform.access.lines import Line

LINES = (Line("public:home", "GET", "", 200, 200, 200),)
PINNED = {
    "/": 2,
}
