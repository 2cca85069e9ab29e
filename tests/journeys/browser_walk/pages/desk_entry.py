"""What the walk looks at of `web/desk/entry`."""

SEEN_AS = {
    "desk/could_not.html": ("desk-could-not",),
    "desk/no_place.html": ("desk-no-role",),
    "desk/refusal.html": ("desk-not-found",),
}
NOT_LOOKED_AT = {
    "desk/desk.html": "the frame of the desk",
    "desk/broken.html": "the words of broken.html in the frame of the desk",
    "desk/away.html": "the words of away.html in the frame of the desk",
    "desk/half_signed_out.html": "the words of sign_in/half_signed_out.html in the frame of the desk",
}
