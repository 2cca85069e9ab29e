"""What the walk looks at of `web/desk/erasures`."""

SEEN_AS = {
    "erasures/list.html": ("desk-erasures",),
    "erasures/new.html": ("desk-erasure-new", "desk-erasure-missing"),
    "erasures/order.html": ("desk-erasure-asked",),
}
