"""The rows of `web/public/services`."""

from tests.platform.access.country import SERVICE
from tests.platform.access.lines import Line, Things

LINES = (
    Line("public:services", "GET", "", 200, 200, 200),
    Line("public:service", "GET", "service", 200, 200, 200),
    Line("public:service_data", "GET", "service", 200, 200, 200),
)
THINGS: Things = {
    "service": lambda _: {"service_id": SERVICE},
}
PINNED = {
    "/services/": 2,
    f"/services/{SERVICE}/": 1,
}
