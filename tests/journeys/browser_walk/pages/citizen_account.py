"""What the walk looks at of `web/citizen/account`."""

SEEN_AS = {
    "account/birth_date.html": ("sign-in-birth-date",),
    "account/code.html": ("sign-in-code",),
    "account/consent.html": ("account-consent",),
    "account/mobile.html": ("sign-in-mobile",),
    "account/number.html": ("sign-in-number", "sign-in-number-missing"),
    "account/over.html": ("sign-in-over",),
    "account/waiting.html": ("sign-in-waiting",),
}
NOT_LOOKED_AT = {
    "account/step.html": "the frame of the sign-in pages",
}
# meta-refresh: GAP: without scripts only this brings the answer to whoever waits; the page says so, keeps no
# form, and has a link that does the same. A screen reader begins anew every three seconds.
EXCUSED = {
    "sign-in-waiting": ("meta-refresh",),
}
