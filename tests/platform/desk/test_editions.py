"""The pages of proposed editions, as two operators use them: what is taken in is what everybody sees."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panjereh.domain.indices import api as indices
from panjereh.domain.indices.models import Proposal, Value
from panjereh.plumbing import memory
from tests.platform.desk.browsers import browser_of
from tests.platform.desk.conftest import Agency
from tests.platform.indices.conftest import published  # noqa: F401 -- a fixture
from tests.platform.indices.test_proposals import file_of, method_of, propose
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import AT, Somebody
from tests.platform.people.operators import at_work, make_operators

NEW = "/desk/editions/new"
RESTATED = {"IRN": {"osi": 0.4}}


@pytest.fixture
def operators(
    published: Path,  # noqa: F811
    agency: Agency,
) -> Iterator[tuple[Somebody, ...]]:
    memory.forget()
    yield make_operators()
    memory.forget()


@pytest.fixture
def asking(operators: tuple[Somebody, ...]) -> Client:
    return browser_of(operators[0])


@pytest.fixture
def deciding(operators: tuple[Somebody, ...]) -> Client:
    return browser_of(operators[1])


def form(content: bytes, **typed: Any) -> dict[str, Any]:
    told = {"proposal": str(fresh_id()), "index": "egdi", "edition": "2024", "source": "D", **typed}
    return told | {"file": SimpleUploadedFile("edition.csv", content, "text/csv")}


def send(client: Client, content: bytes, **typed: Any) -> str:
    """Propose on the page; return the address of the proposal."""
    answer = client.post(NEW, form(content, **typed))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_restated_value_goes_from_a_file_to_the_public_pages_with_both_values(
    asking: Client, deciding: Client
):
    page = send(asking, file_of(**RESTATED), edition="۲۰۲۴")
    report, overview = deciding.get(page).content.decode(), deciding.get("/desk/").content.decode()

    after = deciding.post(f"{page}accept", follow=True).content.decode()

    (restated,) = indices.restatements("egdi", "2024")
    assert (restated.iso3, restated.part, restated.in_force.is_decided) == ("IRN", "osi", True)
    assert restated.in_force.recorded_at == AT
    assert "0.37729" in report
    assert ">0.4<" in report
    assert "یک پیشنهاد" in overview
    assert "پذیرفته‌شده" in after
    for public in ("countries/IRN/", "editions/2024/", "editions/2024/IRN/"):
        shown = Client().get(f"/en/indices/{public}").content.decode()
        assert ("0.40000" in shown, "0.37729" in shown) == (True, True), public
        assert "revision 2, taken in by two officers" in shown
        assert shown.index("in force") < shown.index("replaced")
    state = next(
        each
        for each in Client().get("/api/v1/indices/egdi/2024?limit=100").json()["items"]
        if each["country"] == "IRN"
    )
    assert state["values"]["osi"] == 0.4
    assert [each["value"] for each in state["revisions"]["osi"]] == [0.37729, 0.4]
    table = Client().get("/api/v1/indices/egdi/2024/values.csv").content.decode()
    assert "osi 0.37729 (revision 1)" in next(line for line in table.split("\n") if line.startswith("IRN"))
    whole = Client().get("/api/v1/indices/egdi/2024/edition.json").json()
    assert [(each["country"], each["in_force"]) for each in whole["restated"]] == [("IRN", 2)]
    assert "پذیرفتید" in deciding.get("/desk/acts/").content.decode()
    assert "پیشنهاد دادید" in asking.get("/desk/acts/").content.decode()


def test_whoever_proposes_finds_no_way_to_decide_and_is_refused(asking: Client):
    empty = asking.get(NEW).content.decode()
    page = send(asking, file_of(**RESTATED))

    assert "alert" not in empty
    own, refused = asking.get(page).content.decode(), asking.post(f"{page}accept")

    assert ("/accept" in own, "پس گرداننده دیگری تصمیم می‌گیرد" in own) == (False, True)
    assert (refused.status_code, "index-proposal-needs-other-eyes" in refused.content.decode()) == (409, True)
    assert Proposal.objects.get().state == "proposed"


def test_a_proposal_is_turned_down_with_a_reason_and_not_without(asking: Client, deciding: Client):
    page = send(asking, file_of(**RESTATED))

    without = deciding.post(f"{page}turn-down")
    after = deciding.post(f"{page}turn-down", {"reason": "wrong-source"}, follow=True).content.decode()
    again = deciding.post(f"{page}accept")

    assert (without.status_code, "یک دلیل انتخاب کنید" in without.content.decode()) == (422, True)
    assert "این عددها از این منبع نیست" in after
    assert (again.status_code, "index-proposal-decided" in again.content.decode()) == (409, True)
    assert indices.edition_table("egdi", "2024").value("IRN", "osi") == 0.37729


def test_taking_in_needs_a_fresh_sign_in(asking: Client, operators: tuple[Somebody, ...]):
    page = send(asking, file_of(**RESTATED))
    stale = browser_of(operators[1], auth_age_s=301)

    answer = stale.post(f"{page}accept")

    assert (answer.status_code, "again=1" in answer["Location"]) == (302, True)
    assert page.split("/")[-2] in answer["Location"]
    assert Proposal.objects.get().state == "proposed"


HEAD = b"iso3,ranked,rank,egdi,osi,tii,hci,epi\n"
# What a hostile file says, and the line and kind of its fault; none where it is refused as a whole.
HOSTILE = (
    (b"\xff\xfe\x00rubbish", "1 I01"),
    (b"", ""),
    (b"iso3,ranked,rank,egdi,osi,tii,hci\nIRN,1,1,1,1,1,1\n", "1 I01"),
    (HEAD.replace(b"epi", b"epi,epi") + b"IRN,1,1,1,1,1,1,1,1\n", "1 I01"),
    (HEAD + b'"' + b"x" * 200_000 + b'"\n', "1 I01"),
    (HEAD + b"IRN,1,1,1,1,1,1,1,7\n", "2 I01"),
    (HEAD + b"=1+1,1,1,1,1,1,1,1\n", "2 I03"),
    (HEAD + b"IRN,1,1,=cmd,1,1,1,1\n", "2 I02"),
    (HEAD + b"IRN,1,1,1e999999999,1,1,1,1\n", "2 I02"),
    (HEAD + b"IRN,yes,1,1,1,1,1,1\n", "2 I02"),
    (HEAD + b"IRN,1,99999,1,1,1,1,1\n", "2 I02"),
    (HEAD + b"IRN,1,0,1,1,1,1,1\n", "2 I02"),
    (HEAD + b"IRN,1,1,1,1,1,1,\n", "2 I13"),
    (HEAD + b"IRN,1,1,1,1,1,1,1\n" * 2, "3 I04"),
    (HEAD + b"\0,1,1,1,1,1,1,1\n", "2 I03"),
    (b"x" * (indices.MAX_EDITION_BYTES + 1), ""),
)


def test_a_hostile_file_is_told_by_line_and_nothing_is_kept(asking: Client):
    for content, said in HOSTILE:
        answer = asking.post(NEW, form(content))

        page, (line, _, kind) = answer.content.decode(), said.partition(" ")
        shown_line = line.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        row = f'<th scope="row" role="rowheader">{shown_line}</th>' if kind else 'href="#file"'
        assert (answer.status_code, row in page, kind in page) == (422, True, True), said
        assert len(page) < 60_000
    assert Proposal.objects.count() == 0


def test_faults_beyond_fifty_are_counted(asking: Client):
    rows = b"".join(b"X%02d,1,1,1,1,1,1,1\n" % number for number in range(60))

    page = asking.post(NEW, form(b"iso3,ranked,rank,egdi,osi,tii,hci,epi\n" + rows)).content.decode()

    assert page.count("I03") == 50
    assert "۱۰ خطای دیگر" in page


# What is typed, and the field at which it is told.
TYPED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"index": "none"}, "index"),
    ({"edition": "24"}, "edition"),
    ({"edition": "2026"}, "file"),  # a new edition comes with its method
    ({"source": "Z"}, "source"),
    ({"method": b"no json"}, "method"),
    ({"method": b"[" * 70_000}, "method"),
    ({"method": b"[" * 50_000}, "method"),
    ({"method": b"{}"}, "file"),
    ({"method": {"weights": {"value": {"osi": "1e999999999"}, "state": "confirmed", "source": "x"}}}, "file"),
    ({"method": {"sources": 7}}, "file"),
)


def test_what_is_wrong_is_said_at_its_field(asking: Client):
    for typed, field in TYPED:
        more = dict(typed)
        if "method" in typed:
            told = typed["method"]
            content = json.dumps(method_of("2024") | told).encode() if isinstance(told, dict) else told
            more["method"] = SimpleUploadedFile("method.json", content)

        answer = asking.post(NEW, form(file_of(**RESTATED), **more))

        assert (answer.status_code, f'href="#{field}"' in answer.content.decode()) == (422, True), typed
    assert Proposal.objects.count() == 0


def test_a_new_edition_comes_in_with_its_method_made_from_the_latest(asking: Client, deciding: Client):
    told = json.loads(asking.get("/desk/editions/forms/egdi.json").content) | {"edition": "2026"}
    method = SimpleUploadedFile("method.json", json.dumps(told).encode())
    page = send(asking, file_of(), edition="2026", method=method)

    deciding.post(f"{page}accept")

    assert "2026" in Client().get("/en/indices/").content.decode()
    assert Client().get("/api/v1/indices/egdi/2026/edition.json").json()["method"]["edition"] == "2026"


def test_the_form_to_fill_in_has_a_line_for_each_state_and_is_read_back(asking: Client):
    empty = asking.get("/desk/editions/forms/egdi.csv")

    lines = empty.content.decode().split("\n")
    assert empty["Content-Disposition"] == 'attachment; filename="egdi.csv"'
    assert (lines[0], len(lines)) == ("iso3,ranked,rank,egdi,osi,tii,hci,epi", 193 + 2)
    assert asking.post(NEW, form(empty.content)).status_code == 422  # nobody wrote who is ranked


def test_what_was_proposed_can_be_held_against_the_publication(asking: Client, deciding: Client):
    page = send(asking, file_of(**RESTATED))

    file = deciding.get(f"{page}proposed.csv")

    iran = next(line for line in file.content.decode().split("\n") if line.startswith("IRN"))
    assert iran == "IRN,1,101,0.65639,0.4,0.89869,0.69316,0.1781"


@pytest.mark.slow
def test_what_is_proposed_is_shown_a_page_at_a_time(asking: Client, deciding: Client):
    restated = {iso3: {"osi": 0.4} for iso3 in indices.edition_table("egdi", "2024").ranked}
    page = send(asking, file_of(**restated))

    first = deciding.get(page).content.decode()
    last = deciding.get(f"{page}?restated=150&findings=50").content.decode()

    assert first.count(">0.4<") == 50
    assert 'href="?restated=50"' in first
    assert 0 < last.count(">0.4<") < 50
    deciding.post(f"{page}accept")
    public = Client().get("/en/indices/editions/2024/").content.decode()
    assert (public.count("taken in by two officers"), "Only the first are shown" in public) == (25, True)
    for wrong in ("x", "-1", "999", "٣"):
        assert deciding.get(f"{page}?restated={wrong}").status_code == 404


def test_the_button_pressed_twice_makes_one_proposal_and_another_waits(asking: Client, deciding: Client):
    typed = {"proposal": str(fresh_id())}

    first, second = (send(asking, file_of(**RESTATED), **typed) for _ in range(2))
    other = deciding.post(NEW, form(file_of(IRN={"osi": 0.5})))

    assert first == second
    assert (other.status_code, "در انتظار تصمیم" in other.content.decode()) == (422, True)
    assert "چیز تازه‌ای ندارد" in deciding.post(NEW, form(file_of())).content.decode()


@pytest.mark.slow
def test_the_list_is_paged_and_its_length_asks_no_more_questions(
    asking: Client, operators: tuple[Somebody, ...]
):
    assert "هنوز پیشنهادی نیست" in asking.get("/desk/editions/").content.decode()

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            asking.get("/desk/editions/")
        return len(asked)

    proposal_id, _report = propose(file_of(**RESTATED), actor=at_work(operators[0]))
    few = questions()
    row = Proposal.objects.get(id=proposal_id)
    for year in range(2001, 2023):
        row.id, row.edition = fresh_id(), str(year)
        row.save(force_insert=True)

    oldest_shown = Proposal.objects.order_by("-proposed_at", "-id")[19]
    page = asking.get("/desk/editions/").content.decode()
    rest = asking.get(f"/desk/editions/?before={oldest_shown.id}").content.decode()
    assert questions() == few
    assert f'href="?before={oldest_shown.id}"' in page
    assert rest.count('<tr role="row">') == 3
    assert asking.get("/desk/editions/?before=x").status_code == 404
    assert asking.get(f"/desk/editions/?before={fresh_id()}").status_code == 404


def test_an_officer_without_the_role_finds_no_such_page(agency: Agency, asking: Client):
    page = send(asking, file_of(**RESTATED))

    for path in ("/desk/editions/", NEW, page, f"{page}proposed.csv", "/desk/editions/forms/egdi.csv"):
        assert agency.asking.get(path).status_code == 404
    assert agency.asking.post(f"{page}accept").status_code == 404
    assert agency.asking.post(f"{page}turn-down", {"reason": "wrong-source"}).status_code == 404
    assert asking.get("/desk/editions/forms/none.csv").status_code == 404
    assert Value.objects.filter(revision__gt=1).count() == 0
