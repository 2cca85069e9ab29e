"""Read what a grantor typed: everything that has to be corrected is said at once, each at its field."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from panjereh.domain.people import api as people
from panjereh.plumbing import pages
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.citizen.account.forms import read_national_number
from panjereh_kernel import jalali
from panjereh_kernel.actor import OfficerRole, Post
from panjereh_kernel.identifiers import InvalidNationalNumber, NationalNumber, NumberNotOfThisInstallation

DATE: Final = ("day", "month", "year")
# What the form offers as the last day before anybody typed one.
USUAL: Final = dt.timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Wish:
    """A role that can be asked for as far as the form can tell."""

    national_number: NationalNumber
    post: Post
    last_day: dt.date


def read_wish(
    typed: Mapping[str, str], *, agency_id: str, roles: Collection[str]
) -> tuple[Wish | None, dict[str, str]]:
    """Return the wish, None if something is wrong with it, and the errors by field, from top to bottom."""
    errors: dict[str, str] = {}
    number, last_day = None, None
    try:
        number = read_national_number(typed)
    except (InvalidNationalNumber, NumberNotOfThisInstallation) as refusal:
        errors["national_number"] = sentence_of(refusal)
    role = typed.get("role", "")
    if role not in roles:
        errors["role"] = sentence_of(people.RoleNotThere())
    try:
        last_day = jalali.parse_fields(*(typed.get(field, "") for field in reversed(DATE)))
    except jalali.InvalidDate as refusal:
        errors[refusal.field] = sentence_of(refusal)
    if number is None or last_day is None or errors:
        return None, errors
    post = Post(agency_id, typed.get("unit", ""), frozenset({OfficerRole(role)}))
    return Wish(number, post, last_day), {}


def date_fields(typed: Mapping[str, str], *, today: dt.date) -> list[tuple[str, str, str]]:
    """Return day, month and year as typed; before that, half a year from today."""
    usual = jalali.to_jalali(today + USUAL)
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    return [(field, labels[field], typed.get(field, pages.digits(getattr(usual, field)))) for field in DATE]
