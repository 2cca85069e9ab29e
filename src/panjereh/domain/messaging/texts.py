"""The words of each message, from the catalogue in the language asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, gettext_noop, override

from panjereh.domain.messaging.rules.templates import Template, in_language


@dataclass(frozen=True, slots=True)
class Words:
    """Title and body as catalogue entries; each paragraph of the body is an entry of its own."""

    title: str
    body: tuple[str, ...]


WORDS: Final[dict[Template, Words]] = {
    Template.CASE_GRANTED: Words(
        title=gettext_noop("Your document is ready: %(service)s"),
        body=(
            gettext_noop(
                "Your request was granted and the signed document has been issued. "
                "You can open it in your case and give it to anybody."
            ),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
    Template.CASE_REFUSED: Words(
        title=gettext_noop("Your request was refused: %(service)s"),
        body=(
            gettext_noop("Reason: %(reason)s"),
            gettext_noop("What you can do: %(remedy)s"),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
    Template.CASE_READY: Words(
        title=gettext_noop("Your request is ready to be looked over: %(service)s"),
        body=(
            gettext_noop(
                "All registers have answered. Nothing is submitted yet: look over what they said and submit "
                "the request."
            ),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
    Template.CASE_WITHDRAWN: Words(
        title=gettext_noop("You withdrew your request: %(service)s"),
        body=(
            gettext_noop(
                "The request was withdrawn as you asked and will not be decided. You can make a new one "
                "whenever you like."
            ),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
    Template.DEADLINE_MOVED: Words(
        title=gettext_noop("Your answer is due on another day: %(service)s"),
        body=(
            gettext_noop("The answer was due until %(old)s. It is now due until %(new)s."),
            gettext_noop(
                "Days off changed in the official calendar, so the limit was counted again. Your request "
                "keeps its place; you need do nothing."
            ),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
    Template.DOCUMENT_LATE: Words(
        title=gettext_noop("Your document takes longer: %(service)s"),
        body=(
            gettext_noop(
                "Your request was granted and stays granted, but the document could not be made. The fault "
                "is ours. It is made again once the fault is mended, and you are told then; you need do "
                "nothing."
            ),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
    Template.DOCUMENT_REVOKED: Words(
        title=gettext_noop("Your document was revoked: %(document)s"),
        body=(
            gettext_noop("Reason: %(reason)s"),
            gettext_noop("Whoever checks this document from now on is told that it is revoked, and why."),
            gettext_noop("Document number: %(serial)s"),
        ),
    ),
    Template.PROGRAM_ALLOWED: Words(
        title=gettext_noop("You allowed a program: %(program)s"),
        body=(
            gettext_noop(
                "It may do what you allowed it until %(until)s. Each time it sees something of yours, you "
                "find that under “Who saw my data”."
            ),
            gettext_noop("If this was not you, or you change your mind, take it back now."),
        ),
    ),
    Template.GATHERING_OVERDUE: Words(
        title=gettext_noop("A register has not answered in time: %(service)s"),
        body=(
            gettext_noop(
                "The time for the registers' answers ended on %(due)s. We are still waiting for: %(silent)s."
            ),
            gettext_noop("We go on asking, and tell you when all answers are there."),
            gettext_noop("The delay is on record and counts in the public figures, without your name."),
            gettext_noop(
                "Your draft is kept and you need do nothing. If you do not want to wait, your case shows "
                "what you can do."
            ),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
    Template.SUBMITTED_OVERDUE: Words(
        title=gettext_noop("The answer to your request is late: %(service)s"),
        body=(
            gettext_noop(
                "The time for the answer ended on %(due)s, and there is no decision yet. In charge: "
                "%(silent)s."
            ),
            gettext_noop("Your request keeps its place, and we tell you what was decided."),
            gettext_noop("The delay is on record and counts in the public figures, without your name."),
            gettext_noop("You need do nothing. If you do not want to wait, your case shows what you can do."),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
    Template.GRANTED_OVERDUE: Words(
        title=gettext_noop("Your document is late: %(service)s"),
        body=(
            gettext_noop(
                "Your request was granted and stays granted, but the time to make the document ended on "
                "%(due)s and it is not there yet. In charge: %(silent)s."
            ),
            gettext_noop("We tell you when the document is issued; you need do nothing."),
            gettext_noop("The delay is on record and counts in the public figures, without your name."),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
    Template.LIMIT_MOVED: Words(
        title=gettext_noop("A time limit of your request changed: %(service)s"),
        body=(
            gettext_noop("The limit of the step “%(step)s” was %(old)s. It is now %(new)s."),
            gettext_noop(
                "Days off changed in the official calendar, so the limit was counted again. Your request "
                "keeps its place; you need do nothing."
            ),
            gettext_noop("Tracking code: %(tracking_code)s"),
        ),
    ),
}
CODE_TEXT: Final = gettext_noop("Your sign-in code is %(code)s. Give it to nobody, not even to an official.")
NOTICE_TEXT: Final = gettext_noop("You have a new message in Panjereh. Sign in and open your inbox.")
# A person's language is not asked yet, and one text serves one phone.
SMS_LANGUAGE: Final = "fa"


def title(template: Template, parameters: Mapping[str, str], *, language: str) -> str:
    """Return the title of a message."""
    return _say(WORDS[template].title, parameters, language)


def body(template: Template, parameters: Mapping[str, str], *, language: str) -> list[str]:
    """Return the paragraphs of a message."""
    return [_say(line, parameters, language) for line in WORDS[template].body]


def code_text(code: str, *, host: str) -> str:
    """Return the text that carries a one-time code.

    Its last line binds the code to our host (origin-bound one-time codes, WICG), so that a phone offers it
    on our pages and nowhere else.
    """
    with override(SMS_LANGUAGE):
        return f"{gettext(CODE_TEXT) % {'code': code}}\n\n@{host} #{code}"


def notice_text() -> str:
    """Return the text that points to the inbox. It names nobody and has no link to imitate."""
    with override(SMS_LANGUAGE):
        return gettext(NOTICE_TEXT)


def _say(entry: str, parameters: Mapping[str, str], language: str) -> str:
    with override(language):
        return gettext(entry) % in_language(parameters, language)
