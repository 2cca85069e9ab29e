"""The rows of `web/oversight/index_data`."""

from tests.platform.access.lines import Line, Things

LINES = (
    Line("oversight:index_data", "GET", "", 200, 200, 200),
    Line("oversight:index_others", "GET", "", 200, 200, 200),
    Line("oversight:index_other", "GET", "other index", 200, 200, 200),
    Line("oversight:index_questions", "GET", "", 200, 200, 200),
    Line("oversight:index_question_list", "GET", "question list", 200, 200, 200),
    Line("oversight:index_raw", "GET", "state", 200, 200, 200),
)
THINGS: Things = {
    "other index": lambda _: {"index": "odin"},
    "question list": lambda _: {"question_set": "osi-2024"},
}
PINNED = {
    "/indices/data/": 0,
    "/indices/others/": 0,
    "/indices/others/odin/?country=IRN&country=ARE": 0,
    "/indices/questions/osi-2024/": 0,
    "/indices/countries/IRN/raw/": 0,
}
NOT_RENDERED = dict.fromkeys(
    (
        "index_data/data.html",
        "index_data/latest_raw.html",
        "index_data/other.html",
        "index_data/others.html",
        "index_data/question_list.html",
        "index_data/questions.html",
        "index_data/raw.html",
        "index_data/raw_of_country.html",
        "index_data/restated.html",
        "index_data/standstills.html",
    ),
    "tests/platform/indices/test_data_pages.py",
)
