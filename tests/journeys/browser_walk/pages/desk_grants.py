"""What the walk looks at of `web/desk/grants`."""

SEEN_AS = {
    "grants/grant.html": ("desk-role-waiting", "desk-role-decide", "desk-role-valid"),
    "grants/list.html": ("desk-roles",),
    "grants/new.html": ("desk-role-new", "desk-role-missing"),
    "grants/reason.html": ("desk-role-refuse",),
}
