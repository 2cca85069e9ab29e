"""The rows of `web/desk/editions`."""

from tests.platform.access.lines import NOBODYS, SIGN_IN, Line, Things

LINES = (
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:editions", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_edition", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_edition", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:edition_template", "GET", "other index", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:edition_method", "GET", "other index", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:edition", "GET", "proposal", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:edition_file", "GET", "proposal", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:accept_edition", "POST", "proposal", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:turn_down_edition", "POST", "proposal", SIGN_IN, SIGN_IN, SIGN_IN),
)
THINGS: Things = {
    "proposal": lambda _: {"proposal_id": NOBODYS},
}
OWNED = ("proposal",)
NOT_RENDERED = dict.fromkeys(
    (
        "editions/edition.html",
        "editions/list.html",
        "editions/new.html",
    ),
    "tests/platform/desk",
)
