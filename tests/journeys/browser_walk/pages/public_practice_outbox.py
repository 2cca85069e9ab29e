"""What the walk looks at of `web/public/practice_outbox`."""

SEEN_AS = {
    "practice_outbox/list.html": ("practice-outbox",),
}
