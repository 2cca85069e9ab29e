"""The rows of `web/oversight/assessments`."""

from tests.platform.access.lines import Line

LINES = (
    Line("oversight:assessments", "GET", "", 200, 200, 200),
    Line("oversight:assessment", "GET", "assessment", 404, 404, 404),  # only closed ones, and here is none
    Line("oversight:assessment_csv", "GET", "assessment", 404, 404, 404),
)
PINNED = {
    "/indices/assessments/": 1,
}
NOT_RENDERED = dict.fromkeys(
    (
        "assessments/assessment.html",
        "assessments/list.html",
        "assessments/parts.html",
    ),
    "tests/platform/desk",
)
