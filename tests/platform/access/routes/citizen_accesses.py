"""The rows of `web/citizen/accesses`."""

from tests.platform.access.lines import SIGN_IN, Line, Things
from tests.platform.web.rows import add_receipts

LINES = (
    Line("citizen:accesses", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:all_receipts", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:own_proofs", "GET", "", SIGN_IN, 404, 404),  # nothing is published here
    Line("citizen:receipt", "GET", "receipt", SIGN_IN, 200, 404),
    Line("citizen:receipt_file", "GET", "receipt", SIGN_IN, 200, 404),
    Line("citizen:receipt_bundle", "GET", "receipt", SIGN_IN, 404, 404),  # no registry answers here
)
THINGS: Things = {
    "receipt": lambda citizen: {"receipt_id": citizen.receipt_ids[0]},
}
OWNED = ("receipt",)
PINNED = {
    "/my-data/": 5,
}
ADDERS = {"/my-data/": add_receipts}
