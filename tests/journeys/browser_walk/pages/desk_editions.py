"""What the walk looks at of `web/desk/editions`."""

SEEN_AS = {
    "editions/edition.html": ("desk-edition",),
    "editions/list.html": ("desk-editions",),
    "editions/new.html": ("desk-edition-new", "desk-edition-faulty"),
}
