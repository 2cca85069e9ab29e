"""What the walk looks at of `web/citizen/accesses`."""

SEEN_AS = {
    "accesses/list.html": ("accesses",),
    "accesses/receipt.html": ("receipt-proof",),
}
