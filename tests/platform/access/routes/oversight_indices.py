"""The rows of `web/oversight/indices`."""

from tests.platform.access.lines import ON, Line, Things

LINES = (
    Line("oversight:indices", "GET", "", 200, 200, 200),
    Line("oversight:index_choose_country", "GET", "", ON, ON, ON),
    Line("oversight:index_country", "GET", "state", 200, 200, 200),
    Line("oversight:index_edition", "GET", "edition of states", 200, 200, 200),
    Line("oversight:index_check", "GET", "state in an edition", 200, 200, 200),
    Line("oversight:index_choose_why", "GET", "", ON, ON, ON),
    Line("oversight:index_why", "GET", "state between editions", 200, 200, 200),
    Line("oversight:index_compare", "GET", "", 200, 200, 200),
    Line("oversight:index_what_if", "GET", "", 200, 200, 200),
    Line("oversight:index_keep", "POST", "", 404, 404, 404),  # the form names no state
    Line("oversight:index_scenario", "GET", "scenario", 404, 404, 404),  # whoever knows the code may
    Line("oversight:index_targets", "GET", "", 200, 200, 200),
    Line("oversight:index_method", "GET", "", 200, 200, 200),
)
THINGS: Things = {
    "state": lambda _: {"iso3": "IRN"},
    "edition of states": lambda _: {"edition": "2024"},
    "state in an edition": lambda _: {"edition": "2024", "iso3": "IRN"},
    "state between editions": lambda _: {"iso3": "IRN", "before": "2020", "after": "2024"},
    "scenario": lambda _: {"code": "nobodys-one"},
}
PINNED = {
    "/indices/": 0,
    "/indices/countries/IRN/": 0,
    "/indices/editions/2024/": 0,
    "/indices/editions/2020/IRN/": 0,
    "/indices/why/IRN/2020/2024/": 0,
    "/indices/compare/?country=IRN&country=TUR&country=ARE": 0,
    "/indices/what-if/?osi=0.6": 0,
    "/indices/targets/": 0,
    "/indices/method/": 0,
}
NOT_RENDERED = dict.fromkeys(
    (
        "indices/check.html",
        "indices/compare.html",
        "indices/country.html",
        "indices/edition.html",
        "indices/frame.html",
        "indices/method.html",
        "indices/none.html",
        "indices/not_kept.html",
        "indices/overview.html",
        "indices/parts.html",
        "indices/scenario.html",
        "indices/targets.html",
        "indices/what_if.html",
        "indices/what_if_live.html",
        "indices/what_if_parts.html",
        "indices/why.html",
    ),
    "tests/platform/indices/test_pages.py",
)
