"""What the walk looks at of `web/desk/acts`."""

SEEN_AS = {
    "acts/list.html": ("desk-acts",),
}
