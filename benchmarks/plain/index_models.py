"""Editions and scores of indices as tables of the reference; other tables of the laboratory as they are."""

from django.db import models

from benchmarks.plain.bilingual import Bilingual

# Pages write names without this sign; by its number, for code holds no such letters.
HAMZA_ABOVE = chr(0x0654)


class IndexSource(models.Model):
    id = models.CharField(primary_key=True, max_length=8)
    publisher = models.TextField()

    class Meta:
        managed = False
        db_table = "indices_source"


class IndexCountry(Bilingual):
    iso3 = models.CharField(primary_key=True, max_length=3)
    name_fa = models.TextField()
    name_en = models.TextField()
    region_fa = models.TextField()
    region_en = models.TextField()
    sub_region_fa = models.TextField()
    sub_region_en = models.TextField()

    class Meta:
        managed = False
        db_table = "indices_country"

    @property
    def name(self) -> str:
        return self.text("name").replace(HAMZA_ABOVE, "")

    @property
    def region(self) -> str:
        return self.text("region")

    @property
    def sub_region(self) -> str:
        return self.text("sub_region")


class IndexEdition(Bilingual):
    """An edition: `method` is its entry of `methods.json` as text, for its parts have an order; `changes` is
    what it measures otherwise.
    """

    index = models.CharField(max_length=20)
    year = models.CharField(max_length=8)
    title_fa = models.TextField()
    title_en = models.TextField()
    method = models.TextField()
    changes = models.JSONField()

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(name="plain_edition_once", fields=["index", "year"])]

    @property
    def title(self) -> str:
        return self.text("title")


class Score(models.Model):
    """A state in an edition: `egdi` is the index itself, also where it is another one than the survey's."""

    PARTS = ("egdi", "osi", "tii", "hci", "epi")

    edition = models.ForeignKey(IndexEdition, models.CASCADE, related_name="scores")
    country = models.ForeignKey(IndexCountry, models.PROTECT, db_constraint=False)
    is_ranked = models.BooleanField()
    rank = models.PositiveSmallIntegerField(null=True)
    egdi = models.FloatField(null=True)
    osi = models.FloatField(null=True)
    tii = models.FloatField(null=True)
    hci = models.FloatField(null=True)
    epi = models.FloatField(null=True)
    needs_explaining = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(name="plain_score_once", fields=["edition", "country"])]


class IndexTarget(Bilingual):
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
        managed = False
        db_table = "indices_target"

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def quote(self) -> str:
        return self.text("quote")

    @property
    def quoted_from(self) -> str:
        return self.text("quoted_from")


class RawValue(models.Model):
    iso3 = models.CharField(max_length=3)
    indicator = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    value = models.DecimalField(max_digits=10, decimal_places=5)
    source = models.ForeignKey(IndexSource, models.PROTECT)
    revision = models.SmallIntegerField()

    class Meta:
        managed = False
        db_table = "indices_raw"

    @property
    def amount(self) -> float:
        return float(self.value)


class PublishedEdition(models.Model):
    index = models.CharField(max_length=20)
    edition = models.CharField(max_length=8)

    class Meta:
        managed = False
        db_table = "indices_edition"


class PublishedValue(models.Model):
    """A figure with every revision, as the platform keeps it."""

    edition = models.ForeignKey(PublishedEdition, models.PROTECT)
    iso3 = models.CharField(max_length=3)
    part = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    revision = models.SmallIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "indices_value"
