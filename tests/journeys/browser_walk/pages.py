"""Pages that are looked at by their address alone. A new page of the site is one more line here.

The name is what the picture is called; the address stands behind the language, as in `/en/about/`.
"""

PUBLIC = {
    "not-found": "no-such-page/",
}
SIGNED_IN: dict[str, str] = {}

# Every template of a page, and the names under which the walk looks at it, in every language. What is missing
# here, or was not looked at, is named at the end of the walk and fails it.
SEEN_AS = {
    "accesses/list.html": ("accesses",),
    "account/birth_date.html": ("sign-in-birth-date",),
    "account/code.html": ("sign-in-code",),
    "account/mobile.html": ("sign-in-mobile",),
    "account/number.html": ("sign-in-number", "sign-in-number-missing"),
    "account/over.html": ("sign-in-over",),
    "account/waiting.html": ("sign-in-waiting",),
    "away.html": ("database-away",),
    "cases/case.html": ("case-issued", "case-refused"),
    "cases/gathering.html": ("gathering-away",),
    "cases/list.html": ("cases",),
    "cases/question.html": ("question",),
    "cases/review.html": ("review",),
    "check/forms.html": ("check",),
    "check/result.html": ("check-valid", "check-valid-by-code"),
    "documents/document.html": ("document",),
    "documents/list.html": ("documents",),
    "home/home.html": ("home",),
    "inbox/list.html": ("inbox",),
    "inbox/message.html": ("message",),
    "oversight/figure.html": ("figure",),
    "oversight/figure_events.html": ("figure-events",),
    "practice_outbox/list.html": ("practice-outbox",),
    "refusal.html": ("not-found", "form-out-of-date"),
    "services/search.html": ("services-found",),
    "services/service.html": ("service",),
    "sign_in/could_not.html": ("sign-in-could-not",),
    "sign_in/half_signed_out.html": ("half-signed-out",),
}
# Frames that other pages fill, and what no walk can bring about, each with its reason.
NOT_LOOKED_AT = {
    "account/step.html": "the frame of the sign-in pages",
    "page.html": "the frame of every page",
    "broken.html": "a fault of ours that is not known, or it would be mended",
}
# Rules of axe that a page breaks, each with its reason.
# meta-refresh: GAP: without scripts only this brings the answer to whoever waits; the page says so, keeps no
# form, and has a link that does the same. A screen reader begins anew every three seconds.
EXCUSED = {
    "sign-in-waiting": ("meta-refresh",),
    "gathering-away": ("meta-refresh",),
}
