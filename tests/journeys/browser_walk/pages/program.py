"""What the walk looks at that belongs to no package of pages."""

PUBLIC = {
    "not-found": "no-such-page/",
    "opened-by-address": "sign-out",
    "for-programs": "api/",
}
SEEN_AS = {
    "away.html": ("database-away",),
    "refusal.html": ("not-found", "opened-by-address", "form-out-of-date"),
    "rest/reference.html": ("for-programs",),
}
NOT_LOOKED_AT = {
    "page.html": "the frame of every page",
    "broken.html": "a fault of ours that is not known, or it would be mended",
}
