"""What the walk looks at of `web/desk/security`."""

SEEN_AS = {
    "security/breach.html": ("desk-breach", "desk-breach-closed"),
    "security/new.html": ("desk-breach-new", "desk-breach-missing"),
    "security/overview.html": ("desk-security",),
}
