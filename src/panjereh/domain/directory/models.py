"""Reference data: agencies, provinces, law, and calendars that are never changed, only followed."""

from django.db import models


class Agency(models.Model):
    """A body of the state. Never deleted: cases and receipts name it for ever."""

    id = models.CharField(primary_key=True, max_length=40)
    name_fa = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_agency_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
        ]


class Province(models.Model):
    """A province by its code of the Statistical Centre; the same number as in ISO 3166-2:IR."""

    code = models.CharField(primary_key=True, max_length=2)
    name_fa = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_province_code_two_digits", condition=models.Q(code__regex="^[0-9]{2}$")
            ),
        ]


class LegalInstrument(models.Model):
    """An act or by-law that something in the product rests on."""

    id = models.CharField(primary_key=True, max_length=64)
    title_fa = models.TextField()
    title_en = models.TextField()
    approved_on = models.DateField(null=True)
    certainty = models.CharField(max_length=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_legal_instrument_certainty_known",
                condition=models.Q(certainty__in=["A", "B", "C", "D"]),
            ),
        ]


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
                condition=models.Q(known_from__lte=models.F("known_until")),
            ),
        ]


class Closing(models.Model):
    """A day off beside the weekly rest. `is_estimated`: a lunar date that is not announced yet."""

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT)
    on = models.DateField()
    name_fa = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    is_estimated = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directory_closing_named_once_a_day", fields=["calendar", "on", "name_en"]
            ),
        ]


class WeeklyRest(models.Model):
    """The weekdays (0 is Monday) on which a province rests from a day on; without a province, everywhere."""

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT)
    province_code = models.CharField(max_length=2, blank=True)
    weekday = models.SmallIntegerField()
    valid_from = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_weekly_rest_weekday_exists", condition=models.Q(weekday__range=(0, 6))
            ),
            models.UniqueConstraint(
                name="directory_weekly_rest_once",
                fields=["calendar", "province_code", "weekday", "valid_from"],
            ),
        ]


class ImportRun(models.Model):
    """Where the reference data came from: which file, which content, when. Insert-only."""

    id = models.BigAutoField(primary_key=True)
    file = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
