"""Every numbered fault: a good pack spoiled in one place is refused for that, and says where."""

import datetime as dt

import pytest
import yaml

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.catalogue.operations import pack_folder as folders
from panjereh.domain.catalogue.rules import source
from panjereh.domain.catalogue.rules.world import Instrument, Validity


@pytest.fixture
def faults(lint):
    def run():
        with pytest.raises(catalogue.PackRefusedError) as refused:
            lint()
        return refused.value.faults

    return run


def numbers(found):
    return {fault.number for fault in found}


def drop(*path):
    def deed(tree):
        for step in path[:-1]:
            tree = tree[step]
        del tree[path[-1]]

    return deed


ACT = {"instrument": "postal-code-act-1376", "article": "1", "certainty": "A"}


def put(*path, value):
    def deed(tree):
        for step in path[:-1]:
            tree = tree[step]
        if path[-1] == "+":
            tree.append(value)
        else:
            tree[path[-1]] = value

    return deed


FIELD = ("form", "pages", 0, "fields")
CODE = ("form", "pages", 1)
SPOILED = [
    ("P010", drop("fee")),
    ("P010", put("service", "version", value="one")),
    ("P010", put("service", "valid_from", value="1405-13-41")),
    ("P010", put("service", "colour", value="blue")),
    ("P010", put("outputs", 0, "template", value="../../etc/passwd")),
    ("P010", put("start", "visits", value="-1")),
    (
        "P011",
        put(
            "remedies",
            "+",
            value={"id": "post-office", "against": "conditions", "agency": "post", "certainty": "C"},
        ),
    ),
    ("P011", put(*FIELD, "+", value={"id": "source", "kind": "text"})),
    ("P012", drop(*FIELD, 0, "options")),
    ("P020", put("eligibility", 0, "expression", value="person.colour == 'x'")),
    ("P020", put("eligibility", 0, "expression", value="[1].all(x, x > 0)")),
    ("P020", put("evidence", 0, "request", "birth_date", value="place.city")),
    ("P020", put(*FIELD, 0, "shown_if", value="person.found")),
    ("P020", put(*CODE, "shown_if", value="person.found")),
    ("P020", put(*CODE, "shown_if", value="form.postal_code == '1'")),
    ("P021", put(*CODE, "shown_if", value="form.source")),
    ("P021", put("eligibility", 0, "expression", value="person.given_name")),
    ("P021", put("outputs", 0, "data", "place", "city", value="place.found")),
    ("P040", put(*FIELD, "+", value={"id": "father_name", "kind": "text", "max_length": "50"})),
    ("P040", drop(*CODE, "fields", 0, "asked_because")),
    (
        "P040",
        put(*FIELD, "+", value={"id": "city", "kind": "text", "asked_because": "names-what-to-look-up"}),
    ),
    ("P041", put(*FIELD, "+", value={"id": "copy", "kind": "upload", "paper": "national-card"})),
    ("P042", put(*FIELD, "+", value={"id": "photo", "kind": "upload", "paper": "portrait"})),
    ("P050", drop("flow", "states", 3, "clock")),
    ("P051", put("flow", "states", "+", value={"id": "limbo", "kind": "end"})),
    ("P052", put("flow", "actions", 6, "to", value="granted")),
    ("P053", put("flow", "actions", 6, "to", value="nowhere")),
    ("P053", put("flow", "decided_in", value="nowhere")),
    ("P054", put("flow", "actions", 4, "makes", value="nothing-known")),
    ("P055", drop("flow", "actions", 7)),
    ("P055", put("flow", "actions", 7, "from", value=["draft", "ready", "submitted"])),
    ("P055", put("flow", "actions", 7, "by", value="automatic")),
    ("P061", drop("eligibility", 1, "remedy")),
    ("P061", put("eligibility", 1, "remedy", value="administrative-court")),
    ("P070", drop("evidence", 1, "legal_basis")),
    ("P071", put("evidence", 1, "legal_basis", "instrument", value="some-act")),
    ("P071", put("eligibility", 1, "law", "instrument", value="some-act")),
    ("P071", put("fee", "law", value={"instrument": "some-act", "article": "1", "certainty": "A"})),
    ("P071", put("flow", "states", 3, "clock", "law", value=dict(ACT, instrument="some-act"))),
    ("P076", put("eligibility", 1, "law", "article", value="99")),
    ("P076", put("evidence", 1, "legal_basis", "article", value="note-9")),
    ("P076", put("fee", "law", value=dict(ACT, article="99"))),
    ("P077", put("service", "valid_from", value="1997-05-06")),
    ("P071", put("remedies", 3, "law", value=dict(ACT, instrument="some-act"))),
    ("P076", put("outputs", 0, "valid", "law", value=dict(ACT, article="99"))),
    ("P078", put("flow", "states", 3, "clock", "nature", value="law")),
    ("P078", put("flow", "states", 3, "clock", "certainty", value="A")),
    ("P078", put("fee", "rial", value="50000")),
    ("P078", put("fee", "certainty", value="B")),
    ("P078", put("remedies", 3, "certainty", value="B")),
    ("P078", put("outputs", 0, "valid", "certainty", value="A")),
    ("P079", put("eligibility", 0, "law", "certainty", value="A")),
    ("P079", put("evidence", 1, "legal_basis", "certainty", value="A")),
    ("P079", put("fee", value={"rial": "0", "certainty": "A", "law": dict(ACT, certainty="B")})),
    ("P072", put("evidence", 1, "data_set", value="housing.nothing")),
    ("P073", put("evidence", 1, "purpose", value="case.curiosity")),
    ("P073", put("evidence", 1, "legal_basis", "instrument", value="data-act-1401")),
    ("P074", put("evidence", 1, "request", "birth_date", value="applicant.birth_date")),
    ("P075", put("evidence", 1, "fails", value="no-such-condition")),
    ("P075", put("evidence", 1, "fails", value="person-in-registry")),
    ("P090", put("service", "owner", value="nobody")),
    ("P090", put("remedies", 0, "agency", value="nobody")),
    ("P091", put("service", "id", value="place.other")),
]


@pytest.mark.parametrize(("number", "deed"), SPOILED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(SPOILED)])
def test_a_definition_spoiled_in_one_place_is_refused_for_it(faults, change, number, deed):
    change("service.yaml", deed)

    assert number in numbers(faults())


def test_a_fee_and_a_limit_may_rest_on_an_article_and_the_pack_cites_it(change, lint):
    change("service.yaml", put("fee", "law", value=ACT))
    change("service.yaml", put("flow", "states", 3, "clock", "law", value=dict(ACT, article="2")))
    change("service.yaml", put("remedies", 3, "law", value=dict(ACT, article="3")))
    change("service.yaml", put("outputs", 0, "valid", "law", value=dict(ACT, article="")))

    assert {law.article for law in lint().laws} >= {"1", "2", "3", ""}


BEGINS = dt.date(2026, 3, 21)
BEFORE, AFTER = Validity(None, BEGINS, "A"), Validity(BEGINS + dt.timedelta(days=1), None, "A")


@pytest.mark.parametrize("validity", [BEFORE, AFTER])
def test_an_article_that_was_not_there_yet_or_no_more_is_refused(faults, world, monkeypatch, validity):
    known = Instrument(Validity(None, None, "A"), {"1": (validity,)})
    monkeypatch.setitem(world.instruments, ACT["instrument"], known)

    assert numbers(faults()) == {"P077"}


def test_one_wording_in_force_among_several_is_enough(lint, world, monkeypatch):
    known = Instrument(Validity(None, None, "A"), {"1": (BEFORE, Validity(BEGINS, None, "A"), AFTER)})
    monkeypatch.setitem(world.instruments, ACT["instrument"], known)

    assert lint().id == "place.address-certificate"


TEXTS = [
    ("P030", "texts/fa.yaml", drop("title")),
    ("P030", "texts/fa.yaml", put("keywords", value=["خوب", ""])),
    ("P031", "texts/en.yaml", drop("remedies.post-office.what")),
    ("P031", "texts/en.yaml", put("summary", value="")),
    ("P032", "texts/en.yaml", put("subtitle", value="unused")),
    ("P033", "texts/fa.yaml", put("title", value="گواهي نشاني")),
    ("P060", "texts/fa.yaml", drop("eligibility.bond-with-place.reason")),
]


@pytest.mark.parametrize(("number", "name", "deed"), TEXTS)
def test_texts_are_complete_in_both_languages_and_in_one_spelling(faults, change, number, name, deed):
    change(name, deed)

    assert numbers(faults()) == {number}


TESTS = [
    ("P080", lambda tests: tests.clear()),
    ("P080", drop(0, "expect")),
    ("P080", put(0, "form", "colour", value="blue")),
    ("P080", drop(0, "facts", "person")),
    ("P080", put(0, "facts", "person", "colour", value="blue")),
    ("P081", put(0, "expect", "outcome", value="refused")),
    ("P081", put(2, "expect", "failed", value=["place-is-dwelling"])),
    ("P082", lambda tests: tests.__delitem__(slice(3, None))),
]


@pytest.mark.parametrize(("number", "deed"), TESTS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(TESTS)])
def test_a_pack_is_installed_only_with_tests_that_pass_and_see_every_condition_hold_and_fail(
    faults, change, number, deed
):
    change("tests.yaml", deed)

    assert number in numbers(faults())


def test_an_answer_that_can_be_absent_must_be_guarded(faults, edit):
    edit("service.yaml", "expression: person.found && person.alive", "expression: person.alive")

    assert numbers(faults()) == {"P075", "P080"}


def test_a_fault_says_file_line_and_number(faults, edit, pack_folder):
    edit("service.yaml", "place.kind == 'dwelling'", "place.kindness == 'dwelling'")

    (fault,) = faults()

    lines = (pack_folder / "service.yaml").read_text("utf-8").splitlines()
    assert "kindness" in lines[fault.line - 1]
    assert str(fault).startswith(f"service.yaml:{fault.line}: P020 ")


def test_all_faults_are_told_at_once(faults, change):
    change("texts/fa.yaml", drop("title"))
    change("texts/en.yaml", drop("summary"))

    assert numbers(faults()) == {"P030", "P031"}


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
HOSTILE = [
    ("P004", BOMB),
    ("P004", "service: !!python/object/apply:os.system [id]\n"),
    ("P004", "service: !custom x\n"),
    ("P005", "service: {id: a}\nservice: {id: b}\n"),
    ("P005", "? [a, b]\n: c\n"),
    ("P006", "a: " + "[" * (source.MAX_DEPTH + 1) + "]" * (source.MAX_DEPTH + 1)),
    ("P006", "a: [" + "x," * source.MAX_NODES + "]"),
    ("P006", "a: b\n---\nc: d\n"),
    ("P003", "a: [unclosed\n"),
    ("P003", "a: \x07\n"),
    ("P002", "#" * source.MAX_BYTES + "\n"),
    ("P010", ""),
    ("P010", "just words"),
    ("P010", "- a list"),
]


@pytest.mark.parametrize(("number", "text"), HOSTILE, ids=[f"{n}-{i}" for i, (n, _) in enumerate(HOSTILE)])
def test_hostile_yaml_is_refused_before_anything_is_built(faults, pack_folder, number, text):
    (pack_folder / "service.yaml").write_text(text, "utf-8")

    assert number in numbers(faults())


def test_a_file_that_is_no_utf8_is_refused(faults, pack_folder):
    (pack_folder / "service.yaml").write_bytes(b"\xff\xfe\x00")

    assert numbers(faults()) == {"P003"}


def test_norway_stays_a_string_and_dates_stay_text():
    read = source.read_source("x.yaml", b"country: no\nday: 2026-01-01\nnumber: 012\nempty:\n")

    assert read.tree == {"country": "no", "day": "2026-01-01", "number": "012", "empty": ""}


@pytest.mark.parametrize(
    "name",
    ["run.py", "texts/de.yaml", "document/Page.TYP", "document/.hidden", "document/deep/x.typ", ".git"],
)
def test_files_a_pack_does_not_have_are_refused(faults, pack_folder, name):
    path = pack_folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")

    assert numbers(faults()) == {"P001"}


@pytest.mark.parametrize("name", ["service.yaml", "tests.yaml", "texts/en.yaml"])
def test_files_a_pack_needs_are_missed(faults, pack_folder, name):
    (pack_folder / name).unlink()

    assert numbers(faults()) == {"P001"}


@pytest.mark.parametrize("target", ["/etc/passwd", "../../secret", "service.yaml"])
def test_links_are_refused_wherever_they_point(faults, pack_folder, target):
    (pack_folder / "document/extra.typ").symlink_to(target)

    assert numbers(faults()) == {"P001"}


def test_a_pack_with_a_document_needs_its_template(faults, pack_folder):
    for file in (pack_folder / "document").iterdir():
        file.unlink()

    assert numbers(faults()) == {"P093"}


@pytest.mark.parametrize(
    ("count", "size"),
    [(folders.MAX_FILES, 1), (1, folders.MAX_FILE_BYTES + 1), (5, folders.MAX_FILE_BYTES)],
)
def test_huge_packs_are_refused(faults, pack_folder, count, size):
    for number in range(count):
        (pack_folder / f"document/x{number}.typ").write_bytes(b" " * size)

    assert numbers(faults()) == {"P002"}


def test_a_schema_fault_shows_only_a_little_of_what_it_refuses(faults, change):
    change("service.yaml", put("service", "version", value="9" * 10_000))

    assert all(len(str(fault)) < 300 for fault in faults())


def test_the_schema_and_the_pack_of_the_product_stay_readable_without_our_loader(pack_folder):
    tree = yaml.safe_load((pack_folder / "service.yaml").read_text("utf-8"))

    assert tree["service"]["version"] == "2"
