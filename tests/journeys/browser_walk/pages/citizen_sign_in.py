"""What the walk looks at of `web/citizen/sign_in`."""

SEEN_AS = {
    "sign_in/could_not.html": ("sign-in-could-not",),
    "sign_in/half_signed_out.html": ("half-signed-out",),
}
