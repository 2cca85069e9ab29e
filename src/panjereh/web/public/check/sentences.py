"""Every sentence of a result, by what was found: the one place to read them side by side."""

from django.utils.translation import gettext_noop

from panjereh.domain.documents import api as documents

# What was found: its seal, its sentence, and what it means for whoever checks.
RESULTS: dict[str, tuple[str, str, str]] = {
    "valid": (
        "valid",
        gettext_noop("This document is valid"),
        gettext_noop("The answer is from our records, at this moment."),
    ),
    "expired": (
        "expired",
        gettext_noop("This document has expired"),
        gettext_noop("The document is genuine, but its time is over."),
    ),
    "revoked": (
        "revoked",
        gettext_noop("This document has been revoked"),
        gettext_noop("The document was genuine, but its issuer has withdrawn it."),
    ),
    "unknown": (
        "unknown",
        gettext_noop("No document was found"),
        gettext_noop("Look at the number and the code again. If they are as printed, it may be a forgery."),
    ),
    "receipt": (
        "valid",
        gettext_noop("This is a receipt we issued"),
        gettext_noop("It states what a check found at that moment, and nothing about the document today."),
    ),
    documents.Verdict.ALTERED: (
        "altered",
        gettext_noop("This file has been altered"),
        gettext_noop(
            "It carries a signature of an issuer we know, but is not as it was signed. Do not rely on it: "
            "ask for the original file, or check by number and code."
        ),
    ),
    documents.Verdict.UNRECORDED: (
        "altered",
        gettext_noop("We have no record of this file"),
        gettext_noop(
            "Its signature passes every check, but our records do not know it. Do not rely on it, and tell "
            "the issuer."
        ),
    ),
    documents.Verdict.FOREIGN: (
        "unknown",
        gettext_noop("This file is not a document of ours"),
        gettext_noop(
            "No issuer we know has signed it. A scan or a print saved as PDF loses the signature: ask for "
            "the original file, or check by number and code."
        ),
    ),
    documents.Verdict.UNREADABLE: (
        "unknown",
        gettext_noop("This file cannot be read"),
        gettext_noop(
            "It may have been damaged on its way. Ask for the original file, or check by number and code."
        ),
    ),
}
# What each check of a file is called, and what it means when the answer is yes and when it is no.
CHECKS = {
    documents.Check.READABLE: (
        gettext_noop("File"),
        gettext_noop("The file can be read."),
        gettext_noop("The file is damaged and cannot be read."),
    ),
    documents.Check.SIGNED: (
        gettext_noop("Signature"),
        gettext_noop("The file carries one electronic signature."),
        gettext_noop("The file carries no signature, more than one, or cannot be read."),
    ),
    documents.Check.INTACT: (
        gettext_noop("Integrity"),
        gettext_noop("What was signed is unharmed."),
        gettext_noop("What was signed has been changed, or nothing was signed."),
    ),
    documents.Check.WHOLE: (
        gettext_noop("Extent"),
        gettext_noop("The signature covers the whole file."),
        gettext_noop("The signature does not cover the whole file."),
    ),
    documents.Check.UNCHANGED: (
        gettext_noop("Later editions"),
        gettext_noop("No later edition of the document was added to the file."),
        gettext_noop("A later edition of the document may have been added to the file."),
    ),
    documents.Check.TRUSTED: (
        gettext_noop("Signer"),
        gettext_noop("The signer is an issuer we know."),
        gettext_noop("The signer is not an issuer we know."),
    ),
    documents.Check.ISSUED: (
        gettext_noop("Record"),
        gettext_noop("We issued exactly this file."),
        gettext_noop("We did not issue this file."),
    ),
}
# What a signature of a signer we know says, by: is what it signed unharmed, does it cover the whole file.
SIGNATURES = {
    (True, True): gettext_noop("Signature %(place)s, of %(signer)s: what it covers is unharmed."),
    (True, False): gettext_noop(
        "Signature %(place)s, of %(signer)s: what it covers is unharmed, but something was added afterwards "
        "that it says nothing about."
    ),
    (False, True): gettext_noop("Signature %(place)s, of %(signer)s: what it covers has been changed."),
    (False, False): gettext_noop("Signature %(place)s, of %(signer)s: what it covers has been changed."),
}
