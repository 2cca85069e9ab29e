"""What the walk looks at of `web/citizen/documents`."""

SEEN_AS = {
    "documents/document.html": ("document", "document-revoked"),
    "documents/list.html": ("documents",),
}
