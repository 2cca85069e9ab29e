"""The rows of `web/public/about`."""

from tests.platform.access.lines import Line

LINES = (
    Line("public:about", "GET", "", 200, 200, 200),
    Line("public:accessibility", "GET", "", 200, 200, 200),
    Line("public:privacy", "GET", "", 200, 200, 200),
    Line("public:standards", "GET", "", 200, 200, 200),
)
PINNED = {
    "/about/": 0,
    "/about/standards/": 0,
}
