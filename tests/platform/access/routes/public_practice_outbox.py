"""The rows of `web/public/practice_outbox`."""

from tests.platform.access.lines import Line

LINES = (Line("public:practice_outbox", "GET", "", 200, 200, 200),)
