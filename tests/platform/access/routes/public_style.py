"""The rows of `web/public/style`."""

from tests.platform.access.lines import Line, Things

LINES = (
    Line("public:style", "GET", "", 200, 200, 200),
    Line("public:style_subject", "GET", "part", 200, 200, 200),
)
THINGS: Things = {
    "part": lambda _: {"subject": "status"},
}
PINNED = {
    "/style/": 0,
}
