"""An assessment at the desk: an operator and two officers, each in their browser, on the published lists."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from panjereh.domain.evaluation import api as evaluation
from panjereh.domain.evaluation.models import Answer, Assessment
from panjereh.plumbing import edge
from tests.platform.desk.browsers import browser_of
from tests.platform.people import officers
from tests.platform.people.officers import AT, Somebody
from tests.platform.people.operators import at_work, make_operator

DESK = "/desk/assessments/"
SEEN = "https://portal.example/services"


@dataclass
class Table:
    """Who sits at it, and the ways of their browsers."""

    operator: Somebody = field(default_factory=make_operator)
    first: Somebody = field(init=False)
    second: Somebody = field(init=False)
    bystander: Somebody = field(init=False)
    grantor: Somebody = field(init=False)
    grants: dict[UUID, UUID] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        asking, deciding = officers.make_grantors()
        self.grantor = asking
        self.first, self.second, self.bystander = (
            officers.make_somebody(given=name) for name in ("کیومرث", "سهراب", "رستم")
        )
        for who in (self.first, self.second, self.bystander):
            grant_id = officers.request(who, by=asking.at_the_desk())
            officers.approve(grant_id, by=deciding.at_the_desk())
            self.grants[who.subject_id] = grant_id

    def end_role(self, who: Somebody) -> None:
        """Have the grantor revoke the role of an officer."""
        officers.revoke(self.grants[who.subject_id], by=self.grantor.at_the_desk())

    @cached_property
    def operating(self) -> Client:
        return browser_of(self.operator)

    @cached_property
    def one(self) -> Client:
        return browser_of(self.first)

    @cached_property
    def other(self) -> Client:
        return browser_of(self.second)

    def typed(self, **more: str) -> dict[str, str]:
        """Return what an operator types to open the assessment of a city."""
        told = {
            "question_set": "losi-2024",
            "country": "IRN",
            "city": "یزد",
            "addresses": "https://portal.example/",
            "first": self.first.number.value,
            "second": self.second.number.value,
            "tolerance": "۵",
        }
        return told | more

    def open(self, **more: str) -> str:
        """Open an assessment over the pages, and return the address of its page."""
        answer = self.operating.post(f"{DESK}new", self.typed(**more))
        assert answer.status_code == 302, answer.content.decode()
        return answer.headers["Location"]

    def answer_all(self, page: str, *, otherwise: frozenset[str] = frozenset()) -> None:
        """Answer every question no in both seats, but that the second says yes to `otherwise`.

        All but one are written at once: what answering does to an assessment, the last does.
        """
        row = Assessment.objects.get(id=id_in(page))
        *written, last = evaluation.questions_by_code(row.question_set)
        Answer.objects.bulk_create(
            Answer(
                assessment=row,
                seat=seat,
                code=code,
                reply="yes" if seat == "B" and code in otherwise else "no",
                evidence=SEEN if code in otherwise else "",
                by=row.assessor_a if seat == "A" else row.assessor_b,
                answered_at=AT,
            )
            for seat in ("A", "B")
            for code in written
        )
        for browser in (self.one, self.other):
            answer(browser, page, last, "no")

    def close(self, page: str) -> None:
        evaluation.close_assessment(id_in(page), actor=at_work(self.operator), at=edge.now())


def id_in(page: str) -> UUID:
    """Return the id in the address of an assessment."""
    return UUID(page.rstrip("/").rpartition("/")[2])


def answer(browser: Client, page: str, code: str, reply: str, **more: str) -> HttpResponse:
    """Answer a question over its page: the form is drawn, filled in and sent."""
    drawn = browser.get(f"{page}questions/{code}/")
    seen = drawn.content.decode().partition('name="seen" value="')[2].partition('"')[0]
    typed = {"reply": reply, "evidence": SEEN if reply == "yes" else "", "note": "", "seen": seen} | more
    return browser.post(f"{page}questions/{code}/answer", typed)
