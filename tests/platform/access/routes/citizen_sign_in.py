"""The rows of `web/citizen/sign_in`."""

from tests.platform.access.lines import ON, Line

LINES = (
    # signing in and out: no identity provider answers here, so leaving for it is told as 503
    Line("citizen:sign_in", "GET", "", 503, ON, ON, head=False),
    Line("citizen:sign_in", "POST", "", 503, ON, ON),
    Line("citizen:sign_in_callback", "GET", "", 400, ON, ON, head=False),
    Line("citizen:sign_out", "POST", "", ON, ON, ON),
)
