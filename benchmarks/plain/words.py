"""Words for what happened to a case, as the reference shows them."""

from django.utils.translation import gettext_noop

EARLIER = {
    "start": gettext_noop("You started the request"),
    "answer": gettext_noop("You answered a question"),
    "gather": gettext_noop("We asked the registers"),
    "facts-complete": gettext_noop("All registers had answered"),
}
LATER = {
    "submit": gettext_noop("You submitted the request"),
    "grant": gettext_noop("The request was granted"),
    "refuse": gettext_noop("The request was refused"),
    "issue": gettext_noop("The document was signed and issued"),
    "document-failed": gettext_noop("The document could not be made"),
    "withdraw": gettext_noop("You withdrew the request"),
}
DISCARDED = gettext_noop("You discarded the draft")
TEXTS = {
    "grant": gettext_noop("Every condition was met. The rules of the service decided; no official had to."),
    "refuse": gettext_noop("A condition was not met. The rules of the service decided; the reason is above."),
    "document-failed": gettext_noop("The fault is ours. It is made again once the fault is mended."),
}
