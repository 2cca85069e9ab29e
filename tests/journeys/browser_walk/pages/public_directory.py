"""What the walk looks at of `web/public/directory`."""

PUBLIC = {
    "agencies": "agencies/",
    "agency": "agencies/post/",
    "reference-data": "reference-data/",
    "instrument": "instruments/postal-code-act-1376/",
}
SEEN_AS = {
    "directory/agencies.html": ("agencies",),
    "directory/agency.html": ("agency",),
    "directory/instrument.html": ("instrument",),
    "directory/reference-data.html": ("reference-data",),
}
