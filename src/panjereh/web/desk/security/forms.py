"""Read what an operator typed about a breach: everything that has to be corrected is said at once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from panjereh.domain.upkeep import api as upkeep
from panjereh_kernel.persian import normalise, normalise_lines

# As many as there are people here, and more.
MOST_PEOPLE = 100_000_000
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class ToldBreach:
    """A breach as far as the form can tell."""

    noticed_at: dt.datetime
    exposure: upkeep.Exposure
    people_count: int | None
    what: str


def read_breach(typed: Mapping[str, str], *, at: dt.datetime) -> tuple[ToldBreach | None, dict[str, str]]:
    """Return the breach, None if something is wrong with it, and the errors by field, from top to bottom."""
    errors: dict[str, str] = {}
    what = normalise_lines(typed.get("what", "")).strip()
    if not 0 < len(what) <= upkeep.MOST_LETTERS:
        errors["what"] = _("Write what happened, without names.")
    hours = _whole(typed.get("hours", ""))
    if hours is None:
        errors["hours"] = _("Write a whole number of hours, 0 for just now.")
    exposure = typed.get("exposure", "")
    if exposure not in {each.value for each in upkeep.Exposure}:
        errors["exposure"] = _("Choose how it can be read.")
    people = typed.get("people", "").strip()
    count = _whole(people)
    if people and (count is None or count > MOST_PEOPLE):
        errors["people"] = _("Write a whole number, or nothing while it is not known.")
    if errors or hours is None:
        return None, errors
    noticed_at = at - dt.timedelta(hours=hours)
    return ToldBreach(noticed_at, upkeep.Exposure(exposure), count if people else None, what), {}


def _whole(text: str) -> int | None:
    digits = normalise(text).strip()
    is_whole = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return int(digits) if is_whole else None
