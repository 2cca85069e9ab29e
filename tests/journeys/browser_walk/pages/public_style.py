"""What the walk looks at of `web/public/style`."""

PUBLIC = {
    "style": "style/",
    "style-marks": "style/marks/",
    "style-status": "style/status/",
    "style-forms": "style/forms/",
    "style-lists": "style/lists/",
    "style-charts": "style/charts/",
    "style-cases": "style/cases/",
    "style-frame": "style/frame/",
}
SEEN_AS = {
    "style/foundations.html": ("style",),
    "style/subject.html": (
        "style-marks",
        "style-status",
        "style-forms",
        "style-lists",
        "style-charts",
        "style-cases",
        "style-frame",
    ),
}
NOT_LOOKED_AT = {
    "style/frame.html": "the frame of the pages about style",
}
