"""What the walk looks at of `web/desk/home`."""

SEEN_AS = {
    "desk_home/home.html": ("desk-overview",),
}
