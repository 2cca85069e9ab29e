"""What the walk looks at of `web/citizen/cases`."""

SEEN_AS = {
    "cases/answers.html": ("case-answers",),
    "cases/case.html": ("case-issued", "case-refused", "case-revoked"),
    "cases/gathering.html": ("gathering-away",),
    "cases/list.html": ("cases",),
    "cases/question.html": ("question",),
    "cases/receipt.html": ("case-receipt",),
    "cases/review.html": ("review",),
    "cases/withdraw.html": ("discard-draft",),
    "cases/wrong.html": ("wrong-record",),
}
# meta-refresh: GAP: without scripts only this brings the answer to whoever waits; the page says so, keeps no
# form, and has a link that does the same. A screen reader begins anew every three seconds.
EXCUSED = {
    "gathering-away": ("meta-refresh",),
}
