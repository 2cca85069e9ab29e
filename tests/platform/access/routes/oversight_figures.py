"""The rows of `web/oversight/figures`."""

from tests.platform.access.lines import Line, Things

FIGURE = "cases-by-state-and-day"
LINES = (
    Line("oversight:figure", "GET", "figure", 200, 200, 200),
    Line("oversight:figure_events", "GET", "figure", 200, 200, 200),
    Line("oversight:figure_events_csv", "GET", "figure", 200, 200, 200),
    Line("oversight:event", "GET", "leaf", 404, 404, 404),  # nothing is counted in this country yet
    Line("oversight:proof", "GET", "leaf", 404, 404, 404),  # nothing is published in this country yet
)
THINGS: Things = {
    "figure": lambda _: {"figure_id": FIGURE},
    "leaf": lambda _: {"log_index": 0},
}
NOT_RENDERED = {
    "oversight/event.html": "the record of this country is not published; tests/platform/figures shows it",
}
