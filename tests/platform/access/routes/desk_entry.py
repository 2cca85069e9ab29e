"""The rows of `web/desk/entry`."""

from tests.platform.access.lines import ON, SIGN_IN, Line

LINES = (
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:sign_in", "GET", "", 503, 503, 503, head=False),
    Line("desk:sign_in", "POST", "", 503, 503, 503),
    Line("desk:sign_in_callback", "GET", "", 400, 400, 400, head=False),
    Line("desk:sign_out", "POST", "", ON, ON, ON),
    Line("desk:place", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
)
NOT_RENDERED = dict.fromkeys(
    (
        "desk/away.html",
        "desk/broken.html",
        "desk/could_not.html",
        "desk/desk.html",
        "desk/half_signed_out.html",
        "desk/no_place.html",
        "desk/refusal.html",
    ),
    "tests/platform/desk",
)
