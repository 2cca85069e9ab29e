"""The rows of `web/desk/grants`."""

from tests.platform.access.lines import NOBODYS, SIGN_IN, Line, Things

LINES = (
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:grants", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_grant", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_grant", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:grant", "GET", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:approve_grant", "POST", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:refuse_grant", "GET", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:refuse_grant", "POST", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:revoke_grant", "GET", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:revoke_grant", "POST", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
)
THINGS: Things = {
    "grant": lambda _: {"grant_id": NOBODYS},
}
OWNED = ("grant",)
NOT_RENDERED = dict.fromkeys(
    (
        "grants/grant.html",
        "grants/list.html",
        "grants/new.html",
        "grants/reason.html",
    ),
    "tests/platform/desk",
)
