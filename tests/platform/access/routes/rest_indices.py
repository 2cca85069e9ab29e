"""The rows of `rest/indices`."""

from tests.platform.access.lines import Line, Things

LINES = (
    # programs: no account; the form that is typed here is no JSON
    Line("rest:indices", "GET", "", 200, 200, 200),
    Line("rest:index_edition", "GET", "edition", 200, 200, 200),
    Line("rest:index_values", "GET", "edition", 200, 200, 200),
    Line("rest:index_edition_file", "GET", "edition", 200, 200, 200),
    Line("rest:index_file", "GET", "other index", 200, 200, 200),
    Line("rest:index_raw_file", "GET", "", 200, 200, 200),
    Line("rest:index_questions_file", "GET", "question list", 200, 200, 200),
    Line("rest:index_check", "GET", "index figure", 200, 200, 200),
    Line("rest:index_series", "GET", "index of a state", 200, 200, 200),
    Line("rest:index_targets", "GET", "", 200, 200, 200),
    Line("rest:index_catalogue", "GET", "", 200, 200, 200),
    Line("rest:index_scenario", "GET", "scenario", 404, 404, 404),  # whoever knows the code may
    Line("rest:index_scenario_table", "GET", "scenario", 404, 404, 404),
)
THINGS: Things = {
    "edition": lambda _: {"index": "egdi", "edition": "2024"},
    "index figure": lambda _: {"index": "egdi", "edition": "2024", "country": "IRN"},
    "index of a state": lambda _: {"index": "egdi", "country": "IRN"},
}
PINNED = {
    "/api/v1/indices": 1,
    "/api/v1/indices/egdi/2024": 1,
    "/api/v1/indices/egdi/2024/checks/IRN": 1,
    "/api/v1/indices/egdi/2024/edition.json": 1,
    "/api/v1/index-files/raw-indicators.csv": 1,
    "/api/v1/index-catalogue.jsonld": 1,
    "/api/v1/index-targets": 1,
}
