"""What the walk looks at of `web/oversight/indices`."""

PUBLIC = {
    "indices": "indices/",
    "index-country": "indices/countries/IRN/",
    "index-edition": "indices/editions/2024/",
    "index-check": "indices/editions/2020/HUN/",
    "index-why": "indices/why/IRN/2020/2024/",
    "index-compare": "indices/compare/?country=IRN&country=TUR&country=ARE",
    "index-what-if": "indices/what-if/?osi=0.6",
    "index-what-if-faulty": "indices/what-if/?osi=6",
    "index-targets": "indices/targets/",
    "index-method": "indices/method/",
}
SEEN_AS = {
    "indices/check.html": ("index-check",),
    "indices/compare.html": ("index-compare",),
    "indices/country.html": ("index-country",),
    "indices/edition.html": ("index-edition",),
    "indices/method.html": ("index-method",),
    "indices/not_kept.html": ("index-not-kept",),
    "indices/overview.html": ("indices",),
    "indices/scenario.html": ("index-scenario",),
    "indices/targets.html": ("index-targets",),
    "indices/what_if.html": ("index-what-if", "index-what-if-faulty"),
    "indices/why.html": ("index-why",),
}
NOT_LOOKED_AT = {
    "indices/frame.html": "the frame of the pages about indices",
    "indices/none.html": "every instance has editions; tests/platform/indices shows it",
}
