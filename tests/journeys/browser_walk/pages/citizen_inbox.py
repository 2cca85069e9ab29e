"""What the walk looks at of `web/citizen/inbox`."""

SEEN_AS = {
    "inbox/list.html": ("inbox",),
    "inbox/message.html": ("message",),
}
