"""The rows of `web/public/directory`."""

from tests.platform.access.lines import Line, Things

LINES = (
    Line("public:agencies", "GET", "", 200, 200, 200),
    Line("public:agency", "GET", "agency", 200, 200, 200),
    Line("public:reference_data", "GET", "", 200, 200, 200),
    Line("public:instrument", "GET", "instrument", 200, 200, 200),
)
THINGS: Things = {
    "agency": lambda _: {"agency_id": "post"},
    "instrument": lambda _: {"instrument_id": "postal-code-act-1376"},
}
PINNED = {
    "/agencies/": 0,
    "/agencies/post/": 3,
    "/reference-data/": 0,
    "/instruments/postal-code-act-1376/": 3,
}
