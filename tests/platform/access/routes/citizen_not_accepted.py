"""The rows of `web/citizen/not_accepted`."""

from tests.platform.access.lines import SIGN_IN, Line

LINES = (
    Line("citizen:not_accepted", "GET", "document", SIGN_IN, 200, 404),
    Line("citizen:not_accepted", "POST", "document", SIGN_IN, 422, 404),
    Line("citizen:not_accepted_why", "POST", "document", SIGN_IN, 404, 404),  # no such organisation
    Line("citizen:not_accepted_reports", "GET", "document", SIGN_IN, 200, 404),
)
