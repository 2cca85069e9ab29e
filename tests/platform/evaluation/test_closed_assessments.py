"""Closed assessments for everybody: their pages, their table, and the interface for programs."""

import csv
import io
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panjereh.domain.evaluation.models import Answer, Assessment
from panjereh.plumbing import edge
from tests.platform.desk.assessing import SEEN, Table, answer, id_in
from tests.platform.people.officers import AT

PAGES, SERVICE = "/indices/assessments/", "/api/v1/index-assessments"
NOTE = "یادداشت نهان"


@pytest.fixture
def table(published: Path, monkeypatch: pytest.MonkeyPatch) -> Table:
    monkeypatch.setattr(edge, "now", lambda: AT)
    return Table()


@pytest.fixture
def closed(table: Table) -> str:
    """A closed assessment of a city: all no, but one yes that a third decided."""
    page = table.open()
    answer(table.one, page, "281", "no", note=NOTE)
    table.answer_all(page, otherwise=frozenset({"204"}))
    table.operating.post(f"{page}questions/204/settle", {"reply": "yes", "reason": NOTE})
    table.close(page)
    return f"{PAGES}{id_in(page)}/"


def test_what_is_not_closed_is_nowhere(table: Table, client: Client):
    page = table.open()
    of = id_in(page)

    assert str(of) not in client.get(PAGES).content.decode()
    assert client.get(SERVICE).json()["items"] == []
    for path in (f"{PAGES}{of}/", f"{PAGES}{of}/answers.csv", f"{SERVICE}/{of}"):
        assert client.get(path).status_code == 404
    assert "هنوز ارزیابی‌ای بسته نشده است" in client.get(PAGES).content.decode()


def test_a_closed_one_is_read_by_everybody_and_names_nobody(table: Table, closed: str, client: Client):
    listed, page = (client.get(path).content.decode() for path in (PAGES, closed))

    assert closed in listed
    assert PAGES in client.get("/indices/").content.decode()
    assert "۰٫۰۱۰۵" in page
    assert "۹۴ پرسش باز" in page
    assert "فناوری: ۱ از ۱۲" in page
    for hidden in (NOTE, "کیومرث", "سهراب", str(table.first.subject_id)):
        assert hidden not in page


def test_effects_carry_their_evidence_narrowed_by_part(table: Table, closed: str, client: Client):
    Answer.objects.create(
        assessment=Assessment.objects.get(),
        seat="A",
        code="205",
        reply="no",
        evidence="https://portal.example/map?a=1&b=2",
        by=table.first.subject_id,
        answered_at=AT,
    )

    page = client.get(f"{closed}?part=TEC").content.decode()

    assert 'href="https://portal.example/map?a=1&amp;b=2" rel="noopener noreferrer nofollow"' in page
    assert "۱۱ پرسش باز" in page
    assert client.get(f"{closed}?part=XXX").status_code == 404


def test_every_answer_can_be_taken_away_as_a_table(closed: str, client: Client):
    rows = list(csv.DictReader(io.StringIO(client.get(f"{closed}answers.csv").content.decode())))

    (found,) = (row for row in rows if row["code"] == "204")
    assert len(rows) == 95
    assert (found["answer"], found["decided_by_a_third"], found["adds_to_score"]) == ("yes", "1", "")
    assert {found["evidence"], found["evidence_2"]} == {SEEN, ""}
    assert NOTE not in str(rows)


def test_programs_read_the_same(closed: str, client: Client):
    (listed,) = client.get(SERVICE).json()["items"]
    told = client.get(f"{SERVICE}/{listed['id']}").json()

    assert (told["assessment"], listed["city"]) == (listed, "یزد")
    assert (told["score"], told["questions"]) == (pytest.approx(1 / 95), 95)
    (found,) = (each for each in told["answers"] if each["code"] == "204")
    assert (found["answer"], found["evidence"], found["effect"]) == ("yes", [SEEN], None)
    assert NOTE not in str(told)


def test_a_state_is_told_index_and_places_of_each_question(table: Table, client: Client):
    page = table.open(question_set="osi-2024", city="")
    table.answer_all(page)
    table.close(page)

    told = client.get(f"{SERVICE}/{id_in(page)}").json()

    (found,) = (each for each in told["answers"] if each["code"] == "043")
    assert (told["edition"], told["weights"], found["effect"]["places"]) == ("2024", "reported", 1)
    assert "[گزارش‌شده]" in client.get(f"{PAGES}{id_in(page)}/").content.decode()


@pytest.mark.slow
def test_the_list_comes_a_page_at_a_time_and_asks_one_question(table: Table, client: Client):
    rows = sorted((Assessment.objects.get(id=id_in(table.open())) for _ in range(21)), key=lambda row: row.id)
    for row in rows:
        row.state, row.closed_by, row.closed_at = "closed", table.operator.subject_id, AT
        row.save()

    with CaptureQueriesContext(connection) as queries:
        first = client.get(PAGES).content.decode()
    asked = len(queries)
    older = client.get(PAGES, {"before": str(rows[1].id)}).content.decode()

    assert first.count(f'href="{PAGES}0') == 20
    assert f"?before={rows[1].id}" in first
    assert older.count(f'href="{PAGES}0') == 1
    assert asked == 1
    assert client.get(PAGES, {"before": "x"}).status_code == 404
    assert len(client.get(SERVICE, {"limit": 20}).json()["items"]) == 20


def test_a_page_asks_three_questions_however_long_the_list(closed: str, client: Client):
    client.get(closed)

    with CaptureQueriesContext(connection) as queries:
        client.get(closed)

    assert len(queries) == 3


@pytest.mark.slow
def test_from_nothing_to_a_public_page_as_the_tutorial_walks(table: Table, client: Client):
    """What docs/tutorials/self-assessment.md tells, step by step over HTTP."""
    page = table.open()
    codes = []
    for seat, browser in enumerate((table.one, table.other)):
        home = browser.get(page).content.decode()
        following = home.partition(f"{page}questions/")[2].partition("/")[0]
        while following:
            differs = seat == 1 and following in {"204", "205"}
            typed = {"reply": "yes", "evidence": SEEN} if differs else {"reply": "not-applicable"}
            saved = browser.post(f"{page}questions/{following}/answer", typed)
            codes.append(following)
            following = saved.headers["Location"].partition("questions/")[2].partition("/")[0]
    for code in ("204", "205"):
        table.operating.post(f"{page}questions/{code}/settle", {"reply": "yes", "reason": "دیدم"})
    assert "آماده بستن" in table.operating.get(page).content.decode()

    table.operating.post(f"{page}close")

    told = client.get(f"{PAGES}{id_in(page)}/").content.decode()
    assert (len(codes), len(set(codes))) == (190, 95)
    assert "۲٫۱" in told  # percent of the questions on which the two differed
    assert "۰٫۰۲۱۱" in told
