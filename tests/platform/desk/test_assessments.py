"""Assessments of portals at the desk: two answer blind, an operator settles, closes, and all may read it."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panjereh.domain.evaluation import api as evaluation
from panjereh.domain.evaluation.models import Answer, Assessment, MachineFinding
from panjereh.plumbing import edge
from panjereh.web.oversight.assessments import words
from tests.platform.desk.assessing import DESK, SEEN, Table, answer, id_in
from tests.platform.desk.browsers import browser_of
from tests.platform.indices.conftest import published  # noqa: F401 -- a fixture
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import AT

SOURCE = Path(evaluation.__file__).parent


@pytest.fixture
def table(published: Path, monkeypatch: pytest.MonkeyPatch) -> Table:  # noqa: F811 -- the fixture
    monkeypatch.setattr(edge, "now", lambda: AT)
    return Table()


def text(browser: Client, path: str, status: int = 200) -> str:
    page = browser.get(path)
    assert page.status_code == status
    return page.content.decode()


def errors_of(page: str) -> list[str]:
    return re.findall(r'<li><a href="#([a-z_]+)">', page)


def test_an_operator_opens_an_assessment_and_both_assessors_find_it(table: Table):
    empty = text(table.operating, DESK)

    page = table.open()

    assert "هنوز ارزیابی‌ای نیست" in empty
    assert "کیومرث آزمون" in text(table.operating, page)
    assert page in text(table.one, DESK)
    assert page in text(table.other, DESK)
    assert "یک ارزیابی" in text(table.one, "/desk/")
    assert "یک ارزیابی" in text(table.operating, "/desk/")
    assert "ارزیابی درگاهی را آغاز کردید" in text(table.operating, "/desk/acts/")


def test_the_same_form_sent_twice_opens_one(table: Table):
    form = str(fresh_id())

    assert table.open(form=form) == table.open(form=form)

    assert Assessment.objects.count() == 1


def test_what_is_typed_wrong_to_open_one_is_said_at_once_at_its_field(table: Table):
    typed = {"first": "123", "second": "", "tolerance": "۱۰۱"}

    page = table.operating.post(f"{DESK}new", typed)

    assert page.status_code == 422
    assert errors_of(page.content.decode()) == ["question_set", "addresses", "first", "second", "tolerance"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"city": ""}, "city"),
        ({"question_set": "osi-2024"}, "city"),
        ({"city": "ی" * 61}, "city"),
        ({"addresses": "javascript:alert(1)"}, "addresses"),
        ({"addresses": "https://gov.example@evil.example/"}, "addresses"),
    ],
)
def test_what_the_room_refuses_is_said_at_its_field(table: Table, wrong: dict[str, str], field: str):
    page = table.operating.post(f"{DESK}new", table.typed(**wrong))

    assert (page.status_code, errors_of(page.content.decode())) == (422, [field])


def test_only_two_different_officers_at_work_are_found(table: Table):
    stranger = table.operator.number.value  # has an account, and is no officer

    nobody = table.operating.post(f"{DESK}new", table.typed(first=stranger))
    twice = table.operating.post(f"{DESK}new", table.typed(second=table.first.number.value))

    assert errors_of(nobody.content.decode()) == ["first"]
    assert "کارشناسی با این کد ملی سر کار نیست" in nobody.content.decode()
    assert errors_of(twice.content.decode()) == ["second"]


def test_whoever_has_no_part_finds_nothing(table: Table):
    page = table.open()
    bystander = browser_of(table.bystander)

    for path in (page, f"{page}questions/204/", f"{page}parts/TEC/", f"{page}result/", f"{page}close"):
        assert bystander.get(path).status_code == 404
    assert bystander.post(f"{page}questions/204/answer", {"reply": "no"}).status_code == 404
    assert bystander.post(f"{page}look").status_code == 404
    assert table.one.get(f"{DESK}new").status_code == 404
    assert table.one.get(f"{page}close").status_code == 404
    assert browser_of(table.grantor).get(DESK).status_code == 404
    assert page not in text(bystander, DESK)
    for path in (f"{page}questions/999/", f"{page}parts/XXX/", f"{DESK}{fresh_id()}/"):
        assert table.one.get(path).status_code == 404


def test_no_page_shows_an_assessor_what_the_other_answered_before_they_did(table: Table):
    page = table.open()
    secret = "https://portal.example/only-the-first-knows"
    below = ("", "parts/TEC/", "questions/204/", "questions/205/", "result/")
    pages = [DESK, *(f"{page}{path}" for path in below)]
    before = {path: without_tokens(text(table.other, path)) for path in pages}

    answer(table.one, page, "204", "yes", evidence=secret, note="یادداشت نهان")

    for path in pages:
        assert without_tokens(text(table.other, path)) == before[path]
        assert secret not in text(table.operating, path)
    for hidden in (secret, "یادداشت نهان"):
        assert hidden in text(table.one, f"{page}questions/204/")
    answer(table.other, page, "204", "no")
    for browser in (table.one, table.other, table.operating):
        assert secret in text(browser, f"{page}questions/204/")


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_an_assessor_is_not_told_who_the_other_is(table: Table):
    page = table.open()

    for path in (page, f"{page}questions/204/"):
        assert "سهراب" not in text(table.one, path)


def test_an_answer_is_kept_and_the_next_open_question_follows(table: Table):
    page = table.open()
    first, second, third = list(evaluation.questions_by_code("losi-2024"))[:3]
    answer(table.one, page, second, "no")

    saved = answer(table.one, page, first, "not-applicable")

    assert saved.headers["Location"] == f"{page}questions/{third}/?saved={first}"
    assert f"پاسخ شما به پرسش {first} ذخیره شد" in text(table.one, saved.headers["Location"])
    assert "به ۲ پرسش از ۹۵ پرسش پاسخ داده‌اید" in text(table.one, page)
    assert "پاسخ داده‌اید" in text(table.one, f"{page}parts/IF/")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reply": ""}, "reply"),
        ({"reply": "perhaps"}, "reply"),
        ({"reply": "yes", "evidence": ""}, "evidence"),
        ({"reply": "yes", "evidence": "javascript:alert(1)"}, "evidence"),
        ({"reply": "no", "evidence": "https://gov.example@evil.example/"}, "evidence"),
        ({"reply": "no", "evidence": "https://portal.example/\0"}, "evidence"),
        ({"reply": "no", "evidence": "https://portal.example/\u202egpj"}, "evidence"),
        ({"reply": "no", "note": "ی" * 501}, "note"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_at_its_field(table: Table, typed: dict[str, str], field: str):
    page = table.open()

    refused = answer(table.one, page, "204", typed.pop("reply"), **typed)

    assert (refused.status_code, errors_of(refused.content.decode())) == (422, [field])
    assert not Answer.objects.exists()


def test_markup_in_a_note_or_an_address_stays_words(table: Table):
    page = table.open()
    for browser in (table.one, table.other):
        answer(browser, page, "204", "no", note="<script>x</script>", evidence='https://a.example/"><b>')

    shown = text(table.operating, f"{page}questions/204/")

    assert "<script>x" not in shown
    assert "<b>" not in shown.partition("<main")[2]


def test_an_answer_from_an_older_window_waits_until_it_is_saved_again(table: Table):
    page = table.open()
    answer(table.one, page, "204", "yes")

    stale = table.one.post(f"{page}questions/204/answer", {"reply": "no", "seen": ""})
    twice = table.one.post(f"{page}questions/204/answer", {"reply": "yes", "evidence": SEEN, "seen": ""})
    drawn = stale.content.decode().partition('name="seen" value="')[2].partition('"')[0]
    again = table.one.post(f"{page}questions/204/answer", {"reply": "no", "seen": drawn})

    assert (stale.status_code, twice.status_code, again.status_code) == (409, 302, 302)
    assert "در پنجره‌ای دیگر" in stale.content.decode()
    assert [row.reply for row in Answer.objects.order_by("id")] == ["yes", "no"]


def test_an_answer_that_comes_after_both_answered_is_shown_and_not_saved(table: Table):
    page = table.open()
    for browser in (table.one, table.other):
        answer(browser, page, "204", "yes")
    drawn = Answer.objects.get(seat="A").answered_at.isoformat()

    late = table.one.post(f"{page}questions/204/answer", {"reply": "no", "seen": drawn})

    assert late.status_code == 409
    assert "اکنون چیزی ذخیره نشد" in late.content.decode()
    assert Answer.objects.count() == 2


def test_an_operator_settles_with_a_reason_and_then_it_stands(table: Table):
    page = table.open()
    for code in ("204", "205"):
        answer(table.one, page, code, "yes")
        answer(table.other, page, code, "no")
    difference = f"{page}questions/204/settle"

    assert "تصمیم درباره ۲ اختلاف" in text(table.operating, page)
    without = table.operating.post(difference, {"reply": "yes", "reason": " "})
    chosen = table.operating.post(difference, {"reason": "x"})
    settled = table.operating.post(difference, {"reply": "yes", "reason": "خودم دیدم"})
    again = table.operating.post(difference, {"reply": "no", "reason": "x"})

    assert errors_of(without.content.decode()) == ["reason"]
    assert errors_of(chosen.content.decode()) == ["reply"]
    assert settled.headers["Location"] == f"{page}questions/205/?saved=204"
    assert again.status_code == 409
    assert "خودم دیدم" in text(table.one, f"{page}questions/204/")
    assert "با تصمیم کس سوم" in text(table.one, f"{page}parts/TEC/")
    assert table.one.post(f"{page}questions/205/settle", {"reply": "no", "reason": "x"}).status_code == 409


def test_disagreement_stands_beside_the_tolerance(table: Table):
    page = table.open()
    answer(table.one, page, "204", "yes")
    assert "هنوز پرسشی نیست که هر دو پاسخ داده باشند" in text(table.one, page)

    answer(table.other, page, "204", "no")

    shown = text(table.one, page)
    assert "بیش از اندازه پذیرفته" in shown
    assert "۱ پرسش از ۱ پرسشی" in shown


def test_an_assessment_is_closed_with_its_summary_and_then_nothing_changes(table: Table):
    page = table.open()
    early = text(table.operating, f"{page}close")
    unfinished = table.operating.post(f"{page}close")
    table.answer_all(page, otherwise=frozenset({"204"}))
    table.operating.post(f"{page}questions/204/settle", {"reply": "yes", "reason": "دیدم"})
    drawn = Answer.objects.get(seat="A", code="205").answered_at.isoformat()

    summary = text(table.operating, f"{page}close")
    closed = table.operating.post(f"{page}close")

    assert "بستن و همگانی کردن" not in early
    assert unfinished.status_code == 409
    assert "بستن و همگانی کردن" in summary
    assert closed.headers["Location"] == page
    late = table.one.post(f"{page}questions/205/answer", {"reply": "yes", "evidence": SEEN, "seen": drawn})
    assert (late.status_code, table.one.post(f"{page}look").status_code) == (409, 409)
    assert "دیگر تغییر نمی‌کند" in text(table.one, f"{page}questions/205/")
    assert f"/indices/assessments/{id_in(page)}/" in text(table.operating, page)


def test_what_a_program_saw_stands_beside_the_question(table: Table):
    page = table.open()
    asked = table.one.post(f"{page}look", {"code": "204"})
    MachineFinding.objects.create(
        assessment_id=id_in(page),
        look_id=fresh_id(),
        code="204",
        address="https://portal.example/",
        found="no",
        seen="viewport-missing",
        seen_at=AT,
    )

    shown = text(table.one, asked.headers["Location"])

    assert asked.headers["Location"] == f"{page}questions/204/?looked=1"
    assert "صفحه نمی‌گوید که با نمایشگر باریک جور می‌شود" in shown
    assert "نگاه دوباره" in shown
    assert "این پرسش تنها برای انسان است" in text(table.one, f"{page}questions/281/")
    assert table.one.post(f"{page}look", {"code": "../x"}).headers["Location"] == f"{page}?looked=1"


def test_everything_a_program_can_see_has_words():
    code = (SOURCE / "crawler.py").read_text() + (SOURCE / "rules" / "page_checks.py").read_text()
    seen = set(re.findall(r'(?:CannotLook\(|Seen\(Found\.\w+, |trouble=)"([a-z-]+)"', code))

    assert seen == words.SEEN.keys()


@pytest.mark.slow
def test_effects_are_sorted_narrowed_and_paged(table: Table):
    page = table.open(question_set="osi-2024", city="")
    table.answer_all(page)

    whole, further = text(table.operating, f"{page}result/"), text(table.operating, f"{page}result/?from=20")
    english = text(table.operating, f"/en{page}result/")
    checked = text(table.operating, f"{page}result/?checked=1&part=TEC")

    assert "۱۸۳ پرسش باز" in whole
    assert "from=20" in whole
    assert "from=40" in further
    gains = [int(found) for found in re.findall(r'data-l="Places"[^>]*>(\d+)', english)]
    assert len(gains) == 20
    assert "[گزارش‌شده]" in whole
    assert 0 < checked.count("برنامه می‌سنجد") < 12
    for wrong in ("part=XXX", "from=183", "from=x", "from=-1"):
        assert table.operating.get(f"{page}result/?{wrong}").status_code == 404


PINNED = {"": 12, "parts/TEC/": 11, "questions/204/": 13, "result/": 16}


@pytest.mark.slow
def test_pages_ask_as_many_questions_after_many_answers_as_after_few(table: Table):
    page = table.open()
    few = {path: count(table.one, f"{page}{path}") for path in PINNED}

    table.answer_all(page, otherwise=frozenset({"204", "205"}))

    assert {path: count(table.one, f"{page}{path}") for path in PINNED} == few == PINNED


def count(browser: Client, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len([each for each in queries if "SAVEPOINT" not in each["sql"]])
