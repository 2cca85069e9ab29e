"""Services, agencies and laws as tables of the reference; the platform's tables as anybody's models."""

import datetime as dt
from typing import Any

from django.db import models

from benchmarks.plain.bilingual import Bilingual
from benchmarks.plain.index_models import Score  # noqa: F401 -- Django looks for models in this module


class Agency(Bilingual):
    id = models.CharField(primary_key=True, max_length=40)
    name_fa = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    @property
    def name(self) -> str:
        return self.text("name")


class LegalInstrument(Bilingual):
    id = models.CharField(primary_key=True, max_length=64)
    title_fa = models.TextField()
    title_en = models.TextField()

    @property
    def title(self) -> str:
        return self.text("title")


class Calendar(models.Model):
    version = models.CharField(primary_key=True, max_length=16)
    known_from = models.DateField()
    known_until = models.DateField()
    imported_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "directory_calendar"


class Closing(models.Model):
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="closings")
    on = models.DateField()

    class Meta:
        managed = False
        db_table = "directory_closing"


class WeeklyRest(models.Model):
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="rests")
    province_code = models.CharField(max_length=2)
    weekday = models.SmallIntegerField()
    valid_from = models.DateField()

    class Meta:
        managed = False
        db_table = "directory_weeklyrest"


class Service(Bilingual):
    id = models.CharField(primary_key=True, max_length=80)
    version = models.PositiveIntegerField()
    owner = models.ForeignKey(Agency, models.PROTECT)
    title_fa = models.TextField()
    title_en = models.TextField()
    summary_fa = models.TextField()
    summary_en = models.TextField()
    result_fa = models.TextField()
    result_en = models.TextField()
    fee_rial = models.PositiveBigIntegerField()
    fee_is_law = models.BooleanField()
    visits = models.PositiveSmallIntegerField()
    questions = models.PositiveSmallIntegerField()
    promise_days = models.PositiveSmallIntegerField()
    promise_kind = models.CharField(max_length=10)
    promise_is_law = models.BooleanField()
    reviewed_on = models.DateField()

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def summary(self) -> str:
        return self.text("summary")

    @property
    def result(self) -> str:
        return self.text("result")


class Output(models.Model):
    service = models.ForeignKey(Service, models.CASCADE, related_name="outputs")
    valid_months = models.PositiveSmallIntegerField()
    is_law = models.BooleanField()


class State(Bilingual):
    service = models.ForeignKey(Service, models.CASCADE, related_name="states")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    label_fa = models.TextField()
    label_en = models.TextField()
    step_fa = models.TextField()
    step_en = models.TextField()
    clock_days = models.PositiveSmallIntegerField(null=True)
    clock_kind = models.CharField(max_length=10)
    is_on_the_way = models.BooleanField()

    class Meta:
        ordering = ["position"]

    @property
    def label(self) -> str:
        return self.text("label")

    @property
    def step(self) -> str:
        return self.text("step")


class Citation(Bilingual):
    """A row that rests on the law."""

    instrument = models.ForeignKey(LegalInstrument, models.PROTECT)
    article = models.CharField(max_length=20)
    note = models.CharField(max_length=20)
    certainty = models.CharField(max_length=1)

    class Meta:
        abstract = True

    @property
    def is_law(self) -> bool:
        return self.certainty in "AB"


class Law(Citation):
    service = models.ForeignKey(Service, models.CASCADE, related_name="laws")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]


class Condition(Citation):
    service = models.ForeignKey(Service, models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    met_fa = models.TextField()
    met_en = models.TextField()
    reason_fa = models.TextField()
    reason_en = models.TextField()
    remedy_what_fa = models.TextField()
    remedy_what_en = models.TextField()
    remedy_where_fa = models.TextField()
    remedy_where_en = models.TextField()

    class Meta:
        ordering = ["position"]

    @property
    def met(self) -> str:
        return self.text("met")

    @property
    def reason(self) -> str:
        return self.text("reason")

    @property
    def remedy_what(self) -> str:
        return self.text("remedy_what")

    @property
    def remedy_where(self) -> str:
        return self.text("remedy_where")


class Evidence(Citation):
    service = models.ForeignKey(Service, models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    requirement_fa = models.TextField()
    requirement_en = models.TextField()
    holder = models.ForeignKey(Agency, models.PROTECT)
    register_fa = models.TextField()
    register_en = models.TextField()
    fails = models.ForeignKey(Condition, models.CASCADE)

    class Meta:
        ordering = ["position"]

    @property
    def requirement(self) -> str:
        return self.text("requirement")

    @property
    def register(self) -> str:
        return self.text("register")


class Remedy(Bilingual):
    service = models.ForeignKey(Service, models.CASCADE, related_name="remedies")
    what_fa = models.TextField()
    what_en = models.TextField()
    where_fa = models.TextField()
    where_en = models.TextField()
    is_law = models.BooleanField()

    @property
    def what(self) -> str:
        return self.text("what")

    @property
    def where(self) -> str:
        return self.text("where")


class FigureCursor(models.Model):
    figure = models.CharField(primary_key=True, max_length=80)
    read_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "figures_cursor"


class DailyCount(models.Model):
    figure = models.CharField(max_length=80)
    service = models.ForeignKey(Service, models.PROTECT, db_column="service", db_constraint=False)
    state = models.CharField(max_length=40)
    on = models.DateField()
    count = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "figures_dailycount"


class Case(models.Model):
    WAITING = ("submitted", "granted")
    CAN_WITHDRAW = ("draft", "gathering", "ready", "submitted")
    TAGS = {
        "gathering": "wait",
        "ready": "wait",
        "submitted": "go",
        "granted": "go",
        "issued": "good",
        "refused": "bad",
    }

    id = models.UUIDField(primary_key=True)
    tracking_code = models.CharField(max_length=20)
    service = models.ForeignKey(Service, models.PROTECT, db_constraint=False)
    subject_id = models.UUIDField()
    state = models.CharField(max_length=12)
    sealed_answers = models.BinaryField(null=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, null=True, db_column="calendar_version", db_constraint=False
    )
    decided_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "casework_case"

    @property
    def waits(self) -> bool:
        return self.state in self.WAITING

    @property
    def can_withdraw(self) -> bool:
        return self.state in self.CAN_WITHDRAW

    @property
    def stands(self) -> State:
        states: list[State] = list(self.service.states.all())
        return next(state for state in states if state.code == self.state)

    @property
    def tag(self) -> str:
        return self.TAGS.get(self.state, "")


class Act(models.Model):
    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    number = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "casework_caseact"
        ordering = ["-number"]


class Decision(models.Model):
    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="decision")
    conditions = models.JSONField()

    class Meta:
        managed = False
        db_table = "casework_decision"


class Fact(models.Model):
    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="facts")
    subject_id = models.UUIDField()
    evidence = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    sealed_answer = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    answered_at: dt.datetime | Any = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "disclosure_fact"


class Document(Bilingual):
    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    title_fa = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    state = models.CharField(max_length=12)
    serial = models.CharField(max_length=20, null=True)  # noqa: DJ001 -- the platform's table
    sealed_pdf = models.BinaryField(null=True)

    class Meta:
        managed = False
        db_table = "documents_document"

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def is_signed(self) -> bool:
        return self.state in ("issued", "revoked")
