"""The rows of the program itself."""

from tests.platform.access.lines import Line

LINES = (
    Line("live", "GET", "", 200, 200, 200),
    Line("ready", "GET", "", 200, 200, 200),
    Line("api_reference", "GET", "", 200, 200, 200),
    # programs: no account; the form that is typed here is no JSON
    Line("rest:openapi", "GET", "", 200, 200, 200),
)
PINNED = {
    "/api/": 0,
}
