"""What the walk looks at of `web/citizen/not_accepted`."""

SEEN_AS = {
    "not_accepted/office.html": ("not-accepted",),
    "not_accepted/reports.html": ("not-accepted-reports",),
    "not_accepted/why.html": ("not-accepted-why",),
}
