"""Published indices of states as their publishers gave them, and what is set against them.

Values are insert-only: a restated value is one more revision, and the older one stays. Targets are
insert-only too: neither they nor their thresholds change once the period has begun.
"""

from django.db import models
from django.db.models import F, Q

from panjereh.domain.indices.rules.states import ProposalState

LONGEST_TITLE = 80


class Source(models.Model):
    """Where a row was taken from: publisher, place, version and licence."""

    id = models.CharField(primary_key=True, max_length=8)
    publisher = models.TextField()
    title = models.TextField()
    taken_from = models.TextField()
    version = models.CharField(max_length=40, blank=True)
    taken_on = models.DateField(null=True)
    licence = models.TextField()
    about = models.TextField(blank=True)


class Country(models.Model):
    """A state or territory by its ISO code; `is_member` of the United Nations or not."""

    iso3 = models.CharField(primary_key=True, max_length=3)
    iso2 = models.CharField(max_length=2)
    name_fa = models.TextField()
    name_en = models.TextField()
    region_fa = models.TextField()
    region_en = models.TextField()
    sub_region_fa = models.TextField()
    sub_region_en = models.TextField()
    income_group = models.CharField(max_length=20, blank=True)
    is_member = models.BooleanField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indices_country_codes_are_iso",
                condition=Q(iso3__regex="^[A-Z]{3}$", iso2__regex="^[A-Z]{2}$"),
            )
        ]


class Edition(models.Model):
    """One edition of an index, and its method: the entry of `methods.json` with the sources it names.

    The method is text, for its parts have an order that `jsonb` would lose.
    """

    id = models.BigAutoField(primary_key=True)
    index = models.CharField(max_length=20)
    edition = models.CharField(max_length=8)
    title_fa = models.TextField()
    title_en = models.TextField()
    method = models.TextField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="indices_edition_once", fields=["index", "edition"]),
            models.CheckConstraint(
                name="indices_edition_is_a_year", condition=Q(edition__regex="^[0-9]{4}$")
            ),
        ]


class Proposal(models.Model):
    """A new or restated edition that one officer proposes and another takes in or turns down."""

    id = models.UUIDField(primary_key=True)
    index = models.CharField(max_length=20)
    edition = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    method = models.TextField()
    rows = models.JSONField()
    report = models.JSONField()
    state = models.CharField(max_length=12)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indices_proposal_state_known", condition=Q(state__in=[*map(str, ProposalState)])
            ),
            models.CheckConstraint(
                name="indices_proposal_decided_iff_over",
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="indices_proposal_four_eyes", condition=~Q(decided_by=F("proposed_by"))
            ),
            models.UniqueConstraint(
                name="indices_proposal_one_waits",
                fields=["index", "edition"],
                condition=Q(state="proposed"),
            ),
        ]


class Value(models.Model):
    """One published figure of one state. Insert-only; the highest revision speaks.

    `value` is null where the state was not scored; `published_rank` stands beside the main part alone.
    """

    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    iso3 = models.CharField(max_length=3)
    part = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    published_rank = models.SmallIntegerField(null=True)
    ranked = models.BooleanField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True)
    revision = models.SmallIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="indices_value_once", fields=["edition", "iso3", "part", "revision"]
            ),
            models.CheckConstraint(name="indices_value_revision_from_one", condition=Q(revision__gte=1)),
            models.CheckConstraint(
                name="indices_value_within_its_scale",
                # Of 0 to 1; the survey of 2003 has a human capital of 1.422.
                condition=Q(value__isnull=True) | Q(value__range=(0, 2)),
            ),
            models.CheckConstraint(
                name="indices_value_rank_from_one",
                condition=Q(published_rank__isnull=True) | Q(published_rank__gte=1),
            ),
        ]


class Raw(models.Model):
    """One raw indicator of one state in one year. Insert-only; the highest revision speaks."""

    id = models.BigAutoField(primary_key=True)
    iso3 = models.CharField(max_length=3)
    indicator = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    value = models.DecimalField(max_digits=10, decimal_places=5)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    revision = models.SmallIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="indices_raw_once", fields=["iso3", "indicator", "year", "revision"]
            ),
            models.CheckConstraint(name="indices_raw_revision_from_one", condition=Q(revision__gte=1)),
        ]


class Question(models.Model):
    """One line of a question list, in our own words: `count` questions of the publisher stand behind it.

    `effort` is our own mark of how much work a yes takes: 1 a text, 2 a feature, 3 a service or a law.
    """

    id = models.BigAutoField(primary_key=True)
    question_set = models.CharField(max_length=12)
    number = models.SmallIntegerField()
    part = models.CharField(max_length=8)
    codes = models.CharField(max_length=60)
    count = models.SmallIntegerField()
    title_fa = models.TextField()
    title_en = models.TextField()
    is_machine_checkable = models.BooleanField(null=True)
    effort = models.SmallIntegerField(db_default=2)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="indices_question_once", fields=["question_set", "codes"]),
            models.UniqueConstraint(name="indices_question_in_order", fields=["question_set", "number"]),
            models.CheckConstraint(name="indices_question_counts", condition=Q(count__gte=1)),
            models.CheckConstraint(name="indices_question_effort_known", condition=Q(effort__range=(1, 3))),
        ]


class Target(models.Model):
    """How many places a state shall climb from a baseline edition between two days. Insert-only.

    `thresholds` say which share of the places due is green or amber, and beside them who fixed them when;
    `recorded_at` is when this installation took the target in. No operation
    writes here but the import of reference data, and the import adds and never changes.
    """

    code = models.CharField(primary_key=True, max_length=40)
    index = models.CharField(max_length=20)
    part = models.CharField(max_length=40)
    iso3 = models.CharField(max_length=3)
    baseline_edition = models.CharField(max_length=8)
    baseline_rank = models.SmallIntegerField()
    places = models.SmallIntegerField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    thresholds = models.JSONField()
    thresholds_fixed_on = models.DateField()
    thresholds_by = models.CharField(max_length=20)
    title_fa = models.TextField()
    title_en = models.TextField()
    quote_fa = models.TextField()
    quote_en = models.TextField()
    quoted_from_fa = models.TextField()
    quoted_from_en = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indices_target_climbs_within_its_ranks",
                condition=Q(places__gte=1, baseline_rank__gt=F("places")),
            ),
            models.CheckConstraint(
                name="indices_target_period_in_order", condition=Q(begins_on__lt=F("ends_on"))
            ),
        ]


class Scenario(models.Model):
    """A what-if somebody keeps: under its code anybody may open it, and nobody changes it."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    index = models.CharField(max_length=20)
    iso3 = models.CharField(max_length=3)
    edition = models.CharField(max_length=8)
    changes = models.JSONField()
    weights = models.JSONField(null=True)
    raw = models.JSONField(null=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indices_scenario_code_short", condition=Q(code__regex="^[A-Za-z0-9_-]{8,24}$")
            ),
            models.CheckConstraint(name="indices_scenario_has_a_title", condition=~Q(title="")),
        ]
