"""The rows of `rest/me`."""

from tests.platform.access.lines import Line

LINES = (
    # programs of a person: a session is nothing to them; what a token opens is in ../rest/test_own_things
    Line("rest:my_cases", "GET", "", 401, 401, 401),
    Line("rest:my_case", "GET", "issued", 401, 401, 401),
    Line("rest:my_case_withdrawal", "POST", "draft", 401, 401, 401, form=False),
    Line("rest:my_documents", "GET", "", 401, 401, 401),
    Line("rest:my_document", "GET", "document", 401, 401, 401),
    Line("rest:my_document_file", "GET", "document", 401, 401, 401),
    Line("rest:my_accesses", "GET", "", 401, 401, 401),
)
