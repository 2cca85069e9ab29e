"""The rows of `rest/document_checks`."""

from tests.platform.access.lines import Line

LINES = (
    # programs: no account; the form that is typed here is no JSON
    Line("rest:document_checks", "POST", "", 415, 415, 415, form=False),
    Line("rest:document_check_receipts", "POST", "", 415, 415, 415, form=False),
    Line("rest:document_check_receipt", "GET", "reference", 404, 404, 404),
    Line("rest:document_check_receipt_file", "GET", "reference", 404, 404, 404),
)
