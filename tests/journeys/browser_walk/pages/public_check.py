"""What the walk looks at of `web/public/check`."""

SEEN_AS = {
    "check/forms.html": ("check",),
    "check/receipt.html": ("check-receipt",),
    "check/result.html": (
        "check-valid",
        "check-valid-by-code",
        "check-altered",
        "check-foreign",
        "check-not-found",
        "check-of-receipt",
        "check-revoked",
    ),
}
