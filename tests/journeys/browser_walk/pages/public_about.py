"""What the walk looks at of `web/public/about`."""

PUBLIC = {
    "about": "about/",
    "accessibility": "about/accessibility/",
    "privacy": "about/privacy/",
    "standards": "about/standards/",
}
SEEN_AS = {
    "about/about.html": ("about",),
    "about/accessibility.html": ("accessibility",),
    "about/privacy.html": ("privacy",),
    "about/standards.html": ("standards",),
}
