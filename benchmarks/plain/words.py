"""Words for what registers answer and for what happened to a case, as the reference shows them."""

from django.utils.translation import gettext_noop

# Fields of registers' answers that people read, in their order, with the word before them.
FACT_WORDS = {
    "given_name": gettext_noop("Given name"),
    "family_name": gettext_noop("Family name"),
    "father_name": gettext_noop("Father's name"),
    "postal_code": gettext_noop("Postal code"),
    "city": gettext_noop("City"),
    "address_line": gettext_noop("Address"),
    "kind": gettext_noop("Kind of place"),
    "since": gettext_noop("Since"),
    "bond": gettext_noop("Proven by"),
}
VALUE_WORDS = {
    "dwelling": gettext_noop("dwelling"),
    "shop": gettext_noop("shop"),
    "land": gettext_noop("land"),
    "deed": gettext_noop("deed"),
    "lease": gettext_noop("registered lease"),
    "confirmed": gettext_noop("confirmation of owner or tenant"),
}
EVENT_WORDS = {
    "start": gettext_noop("Request started"),
    "answer": gettext_noop("Answer saved"),
    "gather": gettext_noop("Registers asked"),
    "facts-complete": gettext_noop("All answers arrived"),
    "submit": gettext_noop("Request submitted"),
    "grant": gettext_noop("Request granted"),
    "refuse": gettext_noop("Request refused"),
    "issue": gettext_noop("Document signed and issued"),
}
DATES = ("since",)
