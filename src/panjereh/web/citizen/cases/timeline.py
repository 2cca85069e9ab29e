"""What happened to a case, in sentences: who did what and when, without a word of the system."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from panjereh.domain.casework import api as casework
from panjereh.plumbing import pages

Row = tuple[str, str, str, str, str]  # look, moment (ISO 8601 and in words), title, text

# What a person did and the platform did before the submission: kept, but folded away.
EARLIER: Final = {
    "start": gettext_noop("You started the request"),
    "answer": gettext_noop("You answered a question"),
    "gather": gettext_noop("We asked the registers"),
    "gathering-overdue": gettext_noop("It was noted that the time for the registers' answers had ended"),
    "facts-complete": gettext_noop("All registers had answered"),
}
LATER: Final = {
    "submit": gettext_noop("You submitted the request"),
    "grant": gettext_noop("The request was granted"),
    "refuse": gettext_noop("The request was refused"),
    "issue": gettext_noop("The document was signed and issued"),
    "document-failed": gettext_noop("The document could not be made"),
    "deadline-moved": gettext_noop("The limit was counted again"),
    "submitted-overdue": gettext_noop("It was noted that the time for the answer had ended"),
    "granted-overdue": gettext_noop("It was noted that the time to make the document had ended"),
    "withdraw": gettext_noop("You withdrew the request"),
}
# Whatever is done to a case in it happened before the submission.
GATHERING: Final = casework.CaseState.GATHERING
DISCARDED: Final = gettext_noop("You discarded the draft")
ALL: Final = EARLIER | LATER
TEXTS: Final = {
    "grant": gettext_noop("Every condition was met. The rules of the service decided; no official had to."),
    "refuse": gettext_noop("A condition was not met. The rules of the service decided; the reason is above."),
    "document-failed": gettext_noop("The fault is ours. It is made again once the fault is mended."),
    "deadline-moved": gettext_noop("Days off changed in the official calendar."),
}
LOOKS: Final = dict.fromkeys(("document-failed", "submitted-overdue", "granted-overdue"), "held")


def rows_of(view: casework.CaseView, *, step: str, text: str) -> list[Row]:
    """Return the next step, if there is one, and what happened since the submission, newest first."""
    words = LATER if view.submitted_at else LATER | {"withdraw": DISCARDED}
    acts = [act for act in view.acts if act.event in words and act.state is not GATHERING]
    happened = [_row(act, _(words[act.event]), _text(act, view)) for act in acts]
    if happened and not happened[0][0]:
        happened[0] = ("now", *happened[0][1:])
    following = [("next", "", "", _("Next step"), f"{step} {text}")] if step else []
    return following + happened


def earlier_rows_of(view: casework.CaseView) -> list[Row]:
    """Return what happened before the submission, newest first."""
    acts = [act for act in view.acts if act.event in EARLIER or act.state is GATHERING]
    return [_row(act, _(ALL[act.event]), _text(act, view)) for act in acts if act.event in ALL]


def _row(act: casework.ActView, title: str, text: str) -> Row:
    return (LOOKS.get(act.event, ""), act.at.isoformat(), pages.show_moment(act.at), title, text)


def _text(act: casework.ActView, view: casework.CaseView) -> str:
    if act.event == "submit":
        return _registers(view)
    return _(TEXTS[act.event]) if act.event in TEXTS else ""


def _registers(view: casework.CaseView) -> str:
    """Return how many registers answered for it and how fast; nothing where none was asked."""
    answered = [fact.answered_at for fact in view.facts if fact.answered_at is not None]
    if not answered:
        return ""
    seconds = max(1, round((max(answered) - min(fact.asked_at for fact in view.facts)).total_seconds()))
    if seconds >= 120:  # noqa: PLR2004 -- beyond two minutes the seconds say nothing
        return ngettext("%(num)s register answered.", "%(num)s registers answered.", len(answered)) % {
            "num": pages.digits(len(answered))
        }
    count = ngettext("%(num)s register", "%(num)s registers", len(answered)) % {
        "num": pages.digits(len(answered))
    }
    time = ngettext("%(num)s second", "%(num)s seconds", seconds) % {"num": pages.digits(seconds)}
    return _("%(registers)s answered in %(time)s.") % {"registers": count, "time": time}
