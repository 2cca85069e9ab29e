"""The rows of `web/citizen/account`."""

from tests.platform.access.lines import ON, Line, Things

LINES = (
    # the account plane: whose browser began a sign-in, not who is signed in
    Line("citizen:account_sign_in", "GET", "", 410, 410, 410, head=False),
    Line("citizen:account_number", "GET", "sign-in", 404, 200, 404),
    Line("citizen:account_number", "POST", "sign-in", 404, 422, 404),
    Line("citizen:account_code", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_code", "POST", "sign-in", 404, 422, 404),
    Line("citizen:account_another_code", "POST", "sign-in", 404, ON, 404),
    Line("citizen:account_birth_date", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_birth_date", "POST", "sign-in", 404, 422, 404),
    Line("citizen:account_mobile", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_mobile", "POST", "sign-in", 404, 422, 404),
    Line("citizen:account_waiting", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_finish", "GET", "sign-in", 404, ON, 404, head=False),
    Line("citizen:account_consent", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_consent", "POST", "sign-in", 404, ON, 404),
    Line("citizen:account_cancel", "POST", "sign-in", 404, ON, 404),
)
THINGS: Things = {
    "sign-in": lambda citizen: {"challenge_id": citizen.challenge_id},
}
OWNED = ("sign-in",)
NOT_RENDERED = {
    "account/consent.html": "no program asks in this country; tests/platform/account shows it",
}
