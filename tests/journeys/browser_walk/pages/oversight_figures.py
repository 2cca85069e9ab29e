"""What the walk looks at of `web/oversight/figures`."""

SEEN_AS = {
    "oversight/event.html": ("figure-event",),
    "oversight/figure.html": ("figure",),
    "oversight/figure_events.html": ("figure-events",),
}
