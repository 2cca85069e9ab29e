"""What the walk looks at of `web/public/services`."""

PUBLIC = {
    "services": "services/",
    "services-none-found": "services/?q=zzzz",
}
SEEN_AS = {
    "services/list.html": ("services",),
    "services/search.html": ("services-found", "services-none-found"),
    "services/service.html": ("service",),
}
