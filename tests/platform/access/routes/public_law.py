"""The rows of `web/public/law`."""

from tests.platform.access.lines import Line, Things

LINES = (Line("public:law", "GET", "reader", 200, 200, 200),)
THINGS: Things = {
    "reader": lambda _: {"reader": "courts"},
}
