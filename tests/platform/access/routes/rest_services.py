"""The rows of `rest/services`."""

from tests.platform.access.country import SERVICE
from tests.platform.access.lines import Line

LINES = (
    # programs: no account; the form that is typed here is no JSON
    Line("rest:services", "GET", "", 200, 200, 200),
    Line("rest:service_search", "GET", "", 200, 200, 200),
    Line("rest:service", "GET", "service", 200, 200, 200),
)
PINNED = {
    "/api/v1/services": 2,
    "/api/v1/service-search?q=address": 3,
    f"/api/v1/services/{SERVICE}": 1,
}
