"""Pages that are looked at by their address alone. A new page of the site is one more line here.

The name is what the picture is called; the address stands behind the language, as in `/en/about/`.
"""

PUBLIC = {
    "not-found": "no-such-page/",
    "opened-by-address": "sign-out",
    "about": "about/",
    "accessibility": "about/accessibility/",
    "privacy": "about/privacy/",
    "services": "services/",
    "services-none-found": "services/?q=zzzz",
    "agencies": "agencies/",
    "agency": "agencies/post/",
    "instrument": "instruments/postal-code-act-1376/",
    "law-courts": "law/courts",
    "law-banks": "law/banks",
    "law-offices": "law/offices",
    "law-people": "law/people",
    "for-programs": "api/",
    "style": "style/",
    "style-marks": "style/marks/",
    "style-status": "style/status/",
    "style-forms": "style/forms/",
    "style-lists": "style/lists/",
    "style-cases": "style/cases/",
    "style-frame": "style/frame/",
}
SIGNED_IN: dict[str, str] = {}

# Every template of a page, and the names under which the walk looks at it, in every language. What is missing
# here, or was not looked at, is named at the end of the walk and fails it.
SEEN_AS = {
    "about/about.html": ("about",),
    "about/accessibility.html": ("accessibility",),
    "about/privacy.html": ("privacy",),
    "accesses/list.html": ("accesses",),
    "accesses/receipt.html": ("receipt-proof",),
    "account/birth_date.html": ("sign-in-birth-date",),
    "account/code.html": ("sign-in-code",),
    "account/mobile.html": ("sign-in-mobile",),
    "account/number.html": ("sign-in-number", "sign-in-number-missing"),
    "account/over.html": ("sign-in-over",),
    "account/waiting.html": ("sign-in-waiting",),
    "away.html": ("database-away",),
    "cases/answers.html": ("case-answers",),
    "cases/case.html": ("case-issued", "case-refused", "case-revoked"),
    "cases/gathering.html": ("gathering-away",),
    "cases/list.html": ("cases",),
    "cases/question.html": ("question",),
    "cases/receipt.html": ("case-receipt",),
    "cases/review.html": ("review",),
    "cases/withdraw.html": ("discard-draft",),
    "cases/wrong.html": ("wrong-record",),
    "check/forms.html": ("check",),
    "check/receipt.html": ("check-receipt",),
    "check/result.html": (
        "check-valid",
        "check-valid-by-code",
        "check-altered",
        "check-foreign",
        "check-not-found",
        "check-of-receipt",
        "check-revoked",
    ),
    "directory/agencies.html": ("agencies",),
    "directory/agency.html": ("agency",),
    "directory/instrument.html": ("instrument",),
    "documents/document.html": ("document", "document-revoked"),
    "documents/list.html": ("documents",),
    "home/home.html": ("home",),
    "inbox/list.html": ("inbox",),
    "inbox/message.html": ("message",),
    "law/guide.html": ("law-courts", "law-banks", "law-offices", "law-people"),
    "not_accepted/office.html": ("not-accepted",),
    "not_accepted/reports.html": ("not-accepted-reports",),
    "not_accepted/why.html": ("not-accepted-why",),
    "oversight/event.html": ("figure-event",),
    "oversight/figure.html": ("figure",),
    "oversight/figure_events.html": ("figure-events",),
    "practice_outbox/list.html": ("practice-outbox",),
    "refusal.html": ("not-found", "opened-by-address", "form-out-of-date"),
    "rest/reference.html": ("for-programs",),
    "services/list.html": ("services",),
    "services/search.html": ("services-found", "services-none-found"),
    "services/service.html": ("service",),
    "sign_in/could_not.html": ("sign-in-could-not",),
    "sign_in/half_signed_out.html": ("half-signed-out",),
    "style/foundations.html": ("style",),
    "style/subject.html": (
        "style-marks",
        "style-status",
        "style-forms",
        "style-lists",
        "style-cases",
        "style-frame",
    ),
}
# Frames that other pages fill, and what no walk can bring about, each with its reason.
NOT_LOOKED_AT = {
    # GAP: the desk is walked without a browser (desk.py); axe and the widths have not seen it.
    "acts/list.html": "the desk",
    "desk/could_not.html": "the desk",
    "desk/desk.html": "the frame of the desk",
    "desk/no_place.html": "the desk",
    "desk_home/home.html": "the desk",
    "grants/grant.html": "the desk",
    "grants/list.html": "the desk",
    "grants/new.html": "the desk",
    "grants/reason.html": "the desk",
    # GAP: axe and the widths have not seen it; the walk has no program that asks.
    "account/consent.html": "a program of somebody else's has to ask; tests/platform/account shows it",
    "account/step.html": "the frame of the sign-in pages",
    "page.html": "the frame of every page",
    "style/frame.html": "the frame of the pages about style",
    "broken.html": "a fault of ours that is not known, or it would be mended",
}
# Rules of axe that a page breaks, each with its reason.
# meta-refresh: GAP: without scripts only this brings the answer to whoever waits; the page says so, keeps no
# form, and has a link that does the same. A screen reader begins anew every three seconds.
EXCUSED = {
    "sign-in-waiting": ("meta-refresh",),
    "gathering-away": ("meta-refresh",),
}
