"""What the walk looks at of `web/public/home`."""

SEEN_AS = {
    "home/home.html": ("home",),
}
