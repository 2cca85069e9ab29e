"""The rows of `web/citizen/cases`."""

from tests.platform.access.lines import ON, SIGN_IN, Line, Things
from tests.platform.web.rows import add_cases

PAGE = "which-address"
ANSWER = {"source": "register"}
LINES = (
    Line("citizen:cases", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:start", "GET", "service", ON, ON, ON),
    Line("citizen:start", "POST", "service", SIGN_IN, ON, ON),
    Line("citizen:case", "GET", "draft", SIGN_IN, ON, 404),
    Line("citizen:case", "GET", "issued", SIGN_IN, 200, 404),
    Line("citizen:case", "GET", "refused", SIGN_IN, 200, 404),
    Line("citizen:question", "GET", "draft", SIGN_IN, 200, 404),
    Line("citizen:question", "POST", "draft", SIGN_IN, ON, 404, typed=ANSWER),
    Line("citizen:question", "GET", "issued", SIGN_IN, ON, 404),
    Line("citizen:question", "POST", "issued", SIGN_IN, ON, 404, typed=ANSWER),
    Line("citizen:submit", "POST", "draft", SIGN_IN, ON, 404),
    Line("citizen:wrong_fact", "GET", "draft", SIGN_IN, ON, 404),
    Line("citizen:ask_again", "POST", "draft", SIGN_IN, ON, 404),
    Line("citizen:withdraw", "GET", "draft", SIGN_IN, 200, 404),
    Line("citizen:withdraw", "POST", "draft", SIGN_IN, ON, 404),
    Line("citizen:withdraw", "GET", "issued", SIGN_IN, ON, 404),
    Line("citizen:withdraw", "POST", "issued", SIGN_IN, ON, 404),
    Line("citizen:case_answers", "GET", "draft", SIGN_IN, ON, 404),
    Line("citizen:case_answers", "GET", "issued", SIGN_IN, 200, 404),
    Line("citizen:case_receipt", "GET", "draft", SIGN_IN, ON, 404),
    Line("citizen:case_receipt", "GET", "issued", SIGN_IN, 200, 404),
    Line("citizen:submit", "POST", "issued", SIGN_IN, ON, 404),
)
THINGS: Things = {
    "draft": lambda citizen: {"case_id": citizen.cases["draft"]},
    "issued": lambda citizen: {"case_id": citizen.cases["issued"]},
    "refused": lambda citizen: {"case_id": citizen.cases["refused"]},
}
PLAIN = {
    "citizen:question": {"page_id": PAGE},
    "citizen:wrong_fact": {"evidence_id": "person"},
}
OWNED = ("draft", "issued", "refused")
PINNED = {
    "/cases/": 2,
}
ADDERS = {"/cases/": add_cases}
