"""The rows of `web/citizen/documents`."""

from tests.platform.access.lines import SIGN_IN, Line, Things
from tests.platform.web.rows import add_documents

LINES = (
    Line("citizen:documents", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:document", "GET", "document", SIGN_IN, 200, 404),
    Line("citizen:document_file", "GET", "document", SIGN_IN, 200, 404),
)
THINGS: Things = {
    "document": lambda citizen: {"document_id": citizen.document_id},
}
OWNED = ("document",)
PINNED = {
    "/documents/": 2,
}
ADDERS = {"/documents/": add_documents}
