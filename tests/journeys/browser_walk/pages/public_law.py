"""What the walk looks at of `web/public/law`."""

PUBLIC = {
    "law-courts": "law/courts",
    "law-banks": "law/banks",
    "law-offices": "law/offices",
    "law-people": "law/people",
}
SEEN_AS = {
    "law/guide.html": ("law-courts", "law-banks", "law-offices", "law-people"),
}
