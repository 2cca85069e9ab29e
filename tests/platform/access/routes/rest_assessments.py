"""The rows of `rest/assessments`."""

from tests.platform.access.lines import Line

LINES = (
    # programs: no account; the form that is typed here is no JSON
    Line("rest:index_assessments", "GET", "", 200, 200, 200),
    Line("rest:index_assessment", "GET", "assessment", 404, 404, 404),
)
PINNED = {
    "/api/v1/index-assessments": 2,
}
