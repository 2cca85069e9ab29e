"""A portal is assessed at the desk: opened, answered by two, decided by a third, closed, and public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

from tests.journeys.failures.database import Database

if TYPE_CHECKING:
    from tests.journeys.browser_walk.desk import DeskWalk, Sitting

PORTAL = "https://portal.example/"
# What the other ninety-four questions are answered is the same each time: written down at once.
_REST = """
INSERT INTO evaluation_answer (assessment_id, seat, code, reply, evidence, note, by, answered_at)
SELECT one.id, seat, codes, 'no', '', '', CASE seat WHEN 'A' THEN assessor_a ELSE assessor_b END, now()
FROM evaluation_assessment AS one, indices_question AS question, (VALUES ('A'), ('B')) AS seats (seat)
WHERE one.id = %(id)s AND question.question_set = 'losi-2024' AND codes <> %(but)s
"""


def assess_portal(desk: DeskWalk, operator: Sitting, assessors: list[dict[str, Any]]) -> None:
    """Walk an assessment of a city's portal from nothing to its public page."""
    address = _open(desk, operator, [each["national_number"] for each in assessors])
    first, second = (desk.sit(each) for each in assessors)
    code = _answer(desk, first, second, address)
    with psycopg.connect(Database.running().url) as connection:
        connection.execute(_REST, {"id": address.rstrip("/").rpartition("/")[2], "but": code})
    _decide(desk, operator, address, code)
    _close(desk, operator, address)
    for each in (first, second):
        desk.officers.keep(each.person, each.visitor.page.context)
        each.visitor.page.context.close()


def _open(desk: DeskWalk, operator: Sitting, numbers: list[str]) -> str:
    visitor = operator.visitor
    with desk.walk.step("an assessment of a portal is opened: a form that says what is missing"):
        visitor.page.goto(f"{desk.home}assessments/")
        visitor.must_head("assessments")
        visitor.look("desk-assessments")
        visitor.press("link", "open an assessment")
        visitor.must_head("open an assessment")
        visitor.look("desk-assessment-new")
        visitor.press("button", "open the assessment")
        visitor.page.get_by_role("alert").wait_for()
        visitor.look("desk-assessment-missing")
        visitor.page.check("input[name=question_set][value='losi-2024']")
        typed = {"city": "تهران", "addresses": PORTAL, "first": numbers[0], "second": numbers[1]}
        for name, text in typed.items():
            visitor.page.fill(f"#{name}", text)
        visitor.press("button", "open the assessment")
        visitor.page.wait_for_url("**/desk/assessments/*-*/")
        visitor.look("desk-assessment")
        return visitor.page.url


def _answer(desk: DeskWalk, first: Sitting, second: Sitting, address: str) -> str:
    """Have both answer the first question, each otherwise; return its code."""
    visitor = first.visitor
    with desk.walk.step("one answers from the first question on, and a yes needs its address"):
        first.enter()
        visitor.page.goto(address)
        visitor.page.locator("main a[href*='/parts/']").first.click()
        visitor.page.wait_for_url("**/parts/*/")
        visitor.look("desk-assessment-part")
        visitor.page.goto(address)
        visitor.press("link", "first question")
        visitor.page.wait_for_url("**/questions/*/")
        visitor.look("desk-assessment-question")
        question = visitor.page.url
        visitor.page.check("input[name=reply][value=yes]")
        visitor.press("button", "save and go on")
        visitor.page.get_by_role("alert").wait_for()
        visitor.look("desk-assessment-answer-missing")
        visitor.page.fill("#evidence", f"{PORTAL}services")
        visitor.press("button", "save and go on")
        visitor.page.wait_for_url("**/questions/*/?saved=*")
    with desk.walk.step("the other answers otherwise, without having seen the first"):
        second.enter()
        second.visitor.page.goto(question)
        assert f"{PORTAL}services" not in second.visitor.page.content(), "the other answer is to be seen"
        second.visitor.page.check("input[name=reply][value=no]")
        second.visitor.press("button", "save and go on")
        second.visitor.page.wait_for_url("**/questions/*/?saved=*")
    return question.rstrip("/").rpartition("/")[2]


def _decide(desk: DeskWalk, operator: Sitting, address: str, code: str) -> None:
    visitor = operator.visitor
    with desk.walk.step("a third decides where the two differ, with a reason"):
        visitor.page.goto(f"{address}questions/{code}/")
        visitor.look("desk-assessment-difference")
        visitor.page.check("input[name=reply][value=yes]")
        visitor.page.fill("#reason", "seen")
        visitor.press("button", "decide and go on")
        visitor.page.wait_for_url(address)


def _close(desk: DeskWalk, operator: Sitting, address: str) -> None:
    visitor = operator.visitor
    with desk.walk.step("the assessment is closed, and everybody reads its result"):
        visitor.page.goto(f"{address}result/")
        visitor.look("desk-assessment-result")
        visitor.page.goto(f"{address}close")
        visitor.look("desk-assessment-close")
        visitor.press("button", "close and make public")
        visitor.page.wait_for_url(address)
        public = f"{desk.origin}{desk.way.home}indices/assessments/"
        visitor.visit("index-assessments", public)
        visitor.visit("index-assessment", f"{public}{address.rstrip('/').rpartition('/')[2]}/")
