"""The rows of `web/desk/erasures`."""

from tests.platform.access.lines import NOBODYS, SIGN_IN, Line, Things

LINES = (
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:erasures", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_erasure", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_erasure", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:erasure", "GET", "order", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:approve_erasure", "POST", "order", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:refuse_erasure", "POST", "order", SIGN_IN, SIGN_IN, SIGN_IN),
)
THINGS: Things = {
    "order": lambda _: {"order_id": NOBODYS},
}
OWNED = ("order",)
NOT_RENDERED = dict.fromkeys(
    (
        "erasures/list.html",
        "erasures/new.html",
        "erasures/order.html",
    ),
    "tests/platform/desk",
)
