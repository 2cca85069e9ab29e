"""Reference data: what held from when to when, as one import or another recorded it.

Every row of a `Version` says two things about time: `valid_from` and `valid_to` are when it held in the
country, `recorded_at` and `replaced_at` when this database said so. A change in the country is one more
row; a correction replaces a row and keeps it. Nothing is deleted: cases name these codes for ever.
"""

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from panjereh.domain.directory.rules.kinds import (
    AGENCY_KINDS,
    CERTAINTIES,
    CLOSING_KINDS,
    END_KINDS,
    INSTRUMENT_KINDS,
    LIFE_DATES,
    RELATION_KINDS,
    SUCCESSION_KINDS,
    UNIT_KINDS,
)


def _one_of(column: str, allowed: tuple[str, ...], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{column}__in": allowed}))


def _version_constraints(name: str) -> list[models.BaseConstraint]:
    """Return what holds for every kind of version: a validity that begins first, and one truth a day."""
    days = Func("valid_from", "valid_to", Value("[)"), function="daterange", output_field=DateRangeField())
    return [
        models.CheckConstraint(
            name=f"directory_{name}_valid_in_order", condition=Q(valid_from__lt=F("valid_to"))
        ),
        models.CheckConstraint(
            name=f"directory_{name}_replaced_later", condition=Q(recorded_at__lte=F("replaced_at"))
        ),
        _one_of("certainty", CERTAINTIES, f"directory_{name}_certainty_known"),
        ExclusionConstraint(
            name=f"directory_{name}_one_a_day",
            expressions=[("code", "="), (days, "&&")],
            condition=Q(replaced_at__isnull=True),
        ),
    ]


class Version(models.Model):
    """One thing under its code, as it was between two days; open ends are not known or not set.

    `valid_to` is the first day on which it no longer holds. `certainty` (A published text seen, B secondary
    source, C general knowledge, D assumption) and `source` say where the row comes from.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=160)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    certainty = models.CharField(max_length=1)
    source = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class NamedVersion(Version):
    """A version that has a name in both languages; English may be missing."""

    name_fa = models.TextField()
    name_en = models.TextField(blank=True)

    class Meta:
        abstract = True


class AgencyVersion(NamedVersion):
    """A body of the state: what it is called, what it is, and whom it belongs to."""

    kind = models.CharField(max_length=20)
    parent_code = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            *_version_constraints("agency"),
            _one_of("kind", AGENCY_KINDS, "directory_agency_kind_known"),
            models.CheckConstraint(
                name="directory_agency_not_its_own_parent", condition=~Q(parent_code=F("code"))
            ),
        ]


class UnitVersion(NamedVersion):
    """A part of an agency: its headquarters, a provincial office, an office below that."""

    agency_code = models.CharField(max_length=40)
    parent_code = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20)
    province_code = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [
            *_version_constraints("unit"),
            _one_of("kind", UNIT_KINDS, "directory_unit_kind_known"),
            models.CheckConstraint(
                name="directory_unit_not_its_own_parent", condition=~Q(parent_code=F("code"))
            ),
        ]
        indexes = [models.Index(name="directory_unit_of_agency", fields=["agency_code", "code"])]


class SuccessionVersion(Version):
    """What became of an agency: on a day its tasks passed to another one."""

    predecessor_code = models.CharField(max_length=40)
    successor_code = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [
            *_version_constraints("succession"),
            _one_of("kind", SUCCESSION_KINDS, "directory_succession_kind_known"),
            models.CheckConstraint(
                name="directory_succession_of_another",
                condition=~Q(predecessor_code=F("successor_code")) & Q(valid_from__isnull=False),
            ),
        ]


class DivisionVersion(NamedVersion):
    """A province (two digits), a county (four) or a city (ten) by its code of the Statistical Centre."""

    parent_code = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = [
            *_version_constraints("division"),
            models.CheckConstraint(
                name="directory_division_below_its_parent",
                condition=Q(code__regex="^[0-9]{2}$", parent_code="")
                | Q(
                    code__regex="^[0-9]{4}$",
                    parent_code__regex="^[0-9]{2}$",
                    code__startswith=F("parent_code"),
                )
                | Q(
                    code__regex="^[0-9]{10}$",
                    parent_code__regex="^[0-9]{4}$",
                    code__startswith=F("parent_code"),
                ),
            ),
        ]
        indexes = [models.Index(name="directory_division_below", fields=["parent_code", "code"])]


def _in_order(columns: tuple[str, ...]) -> Q:
    """Return that known dates stand in this order; a comparison with an unknown one is no fault."""
    pairs = [(early, late) for n, early in enumerate(columns) for late in columns[n + 1 :]]
    return reduce(and_, (Q(**{f"{early}__lte": F(late)}) for early, late in pairs))


class InstrumentVersion(NamedVersion):
    """An act, by-law, resolution or circular: in force from `valid_from` until `valid_to`.

    The dates before that are those of its making: approved, confirmed, issued, published.
    """

    kind = models.CharField(max_length=20)
    issuer_code = models.CharField(max_length=40, blank=True)
    approved_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    end_kind = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            *_version_constraints("instrument"),
            _one_of("kind", INSTRUMENT_KINDS, "directory_instrument_kind_known"),
            models.CheckConstraint(
                name="directory_instrument_dates_in_order", condition=_in_order((*LIFE_DATES, "valid_from"))
            ),
            models.CheckConstraint(
                name="directory_instrument_says_how_it_ended",
                condition=Q(valid_to__isnull=True, end_kind="")
                | Q(valid_to__isnull=False, end_kind__in=END_KINDS),
            ),
        ]


class ArticleVersion(Version):
    """An article of an instrument, or a note of an article, and what it is about in our own words."""

    instrument_code = models.CharField(max_length=64)
    number = models.CharField(max_length=20)
    parent_number = models.CharField(max_length=20, blank=True)
    about_fa = models.TextField()
    about_en = models.TextField()

    class Meta:
        constraints = [
            *_version_constraints("article"),
            models.CheckConstraint(
                name="directory_article_not_its_own_part", condition=~Q(parent_number=F("number"))
            ),
        ]
        indexes = [models.Index(name="directory_article_of", fields=["instrument_code"])]


class RelationVersion(Version):
    """What one instrument does to another from `valid_from` on."""

    instrument_code = models.CharField(max_length=64)
    other_code = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [
            *_version_constraints("relation"),
            _one_of("kind", RELATION_KINDS, "directory_relation_kind_known"),
            models.CheckConstraint(
                name="directory_relation_to_another", condition=~Q(instrument_code=F("other_code"))
            ),
        ]


KINDS: Final[Mapping[str, type[Version]]] = {
    "agency": AgencyVersion,
    "succession": SuccessionVersion,
    "unit": UnitVersion,
    "division": DivisionVersion,
    "instrument": InstrumentVersion,
    "article": ArticleVersion,
    "relation": RelationVersion,
}


class Calendar(models.Model):
    """One version of all closings and weekly rests. Insert-only: a deadline names its version."""

    version = models.CharField(primary_key=True, max_length=16)
    known_from = models.DateField()
    known_until = models.DateField()
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_calendar_known_in_order",
                condition=Q(known_from__lte=F("known_until")),
            ),
        ]


class CalendarAdoption(models.Model):
    """From when on new limits are counted by a version. The newest row speaks."""

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT)
    adopted_at = models.DateTimeField()


class Closing(models.Model):
    """A day off beside the weekly rest, everywhere, in a province or of a body.

    `is_estimated`: a lunar date that is computed and not announced yet. `decided_by` names the yearly list or
    the decree.
    """

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT)
    on = models.DateField()
    name_fa = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    is_estimated = models.BooleanField()
    kind = models.CharField(max_length=20, default="holiday")
    province_code = models.CharField(max_length=2, blank=True, default="")
    agency_code = models.CharField(max_length=40, blank=True, default="")
    decided_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directory_closing_said_once",
                fields=["calendar", "on", "name_en", "province_code", "agency_code"],
            ),
            _one_of("kind", CLOSING_KINDS, "directory_closing_kind_known"),
        ]


class Decree(models.Model):
    """A closing decreed for one day, beside the yearly list. Insert-only: later calendars keep it."""

    id = models.UUIDField(primary_key=True)
    on = models.DateField()
    name_fa = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    province_code = models.CharField(max_length=2, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=200)
    decreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directory_decree_once_a_day_and_place",
                fields=["on", "province_code", "agency_code"],
            ),
        ]


class WeeklyRest(models.Model):
    """The weekdays (0 is Monday) on which a province or a body rests from a day on; else everywhere."""

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT)
    province_code = models.CharField(max_length=2, blank=True)
    agency_code = models.CharField(max_length=40, blank=True, default="", db_default="")
    weekday = models.SmallIntegerField()
    valid_from = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_weekly_rest_weekday_exists", condition=Q(weekday__range=(0, 6))
            ),
            models.UniqueConstraint(
                name="directory_weekly_rest_once_a_place",
                fields=["calendar", "province_code", "agency_code", "weekday", "valid_from"],
            ),
        ]


class ImportRun(models.Model):
    """Where the reference data came from: which file, which content, when. Insert-only."""

    id = models.BigAutoField(primary_key=True)
    file = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
