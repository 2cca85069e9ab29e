"""The rows of `rest/figures`."""

from tests.platform.access.lines import Line

LINES = (
    # programs: no account; the form that is typed here is no JSON
    Line("rest:figures", "GET", "", 200, 200, 200),
    Line("rest:figure", "GET", "figure", 200, 200, 200),
    Line("rest:figure_events", "GET", "figure", 200, 200, 200),
)
PINNED = {
    "/api/v1/figures": 1,
    "/api/v1/figures/cases-by-state-and-day": 2,
    "/api/v1/figures/cases-by-state-and-day/events": 2,
}
