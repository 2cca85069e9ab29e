"""The rows of `web/public/check`."""

from tests.platform.access.lines import Line, Things

LINES = (
    Line("public:check", "GET", "", 200, 200, 200),
    Line("public:check", "POST", "", 422, 422, 422),
    Line("public:check_file", "POST", "", 422, 422, 422),
    Line("public:check_script", "GET", "", 200, 200, 200),
    Line("public:check_request_receipt", "POST", "", 422, 422, 422),
    Line("public:check_receipt", "GET", "reference", 404, 404, 404),  # whoever knows the reference may
    Line("public:check_receipt_file", "GET", "reference", 404, 404, 404),
    Line("public:check_number", "GET", "serial", 200, 200, 200),
)
THINGS: Things = {
    "reference": lambda _: {"reference": "nobodys"},
    "serial": lambda citizen: {"serial": citizen.serial},
}
