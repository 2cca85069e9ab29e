"""The gate's checks find what they are for, and nothing in a tree that has none of it."""

import json
from pathlib import Path

import pytest

from devtool import coverage_floor, gate
from devtool.checks import files, licences, migrations, papers, sizes, texts


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    return tmp_path


def _write(tree: Path, name: str, text: str) -> None:
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _function(lines: int) -> str:
    return "def long() -> None:\n" + "    pass\n" * (lines - 1)


def test_a_function_of_sixty_lines_passes(tree: Path) -> None:
    _write(tree, "src/module.py", _function(60))

    assert sizes.faults(tree) == []


def test_a_function_of_sixty_one_lines_is_named(tree: Path) -> None:
    _write(tree, "src/module.py", _function(61))

    assert sizes.faults(tree) == ["src/module.py::long: 61 lines, at most 60"]


def test_a_module_over_five_hundred_lines_is_named(tree: Path) -> None:
    _write(tree, "src/module.py", "x = 1\n" * 501)

    assert sizes.faults(tree) == ["src/module.py: 501 lines, at most 500"]


def test_a_debt_may_stand_but_not_grow(tree: Path) -> None:
    _write(tree, "devtool/debts.json", json.dumps({"src/module.py": 510}))
    _write(tree, "src/module.py", "x = 1\n" * 511)

    assert sizes.faults(tree) == ["src/module.py: 511 lines, at most 510"]


def test_a_debt_that_shrank_must_be_written_lower(tree: Path) -> None:
    _write(tree, "devtool/debts.json", json.dumps({"src/module.py": 510}))
    _write(tree, "src/module.py", "x = 1\n" * 505)

    assert sizes.faults(tree) == [
        "src/module.py: has shrunk to 505 lines; lower its debt in devtool/debts.json"
    ]


def test_a_debt_that_is_paid_must_go(tree: Path) -> None:
    _write(tree, "devtool/debts.json", json.dumps({"src/module.py": 510}))
    _write(tree, "src/module.py", "x = 1\n")

    assert sizes.faults(tree) == ["src/module.py: the debt is paid; take it out of devtool/debts.json"]


def test_persian_in_a_literal_is_named(tree: Path) -> None:
    _write(tree, "src/module.py", 'GREETING = "سلام"\n')

    assert texts.persian_in_code(tree) == ["src/module.py:1: Persian in code"]


def test_persian_in_a_template_is_named_but_not_in_its_comment(tree: Path) -> None:
    _write(tree, "src/page.html", "<p>{# سلام #}</p>\n<p>سلام</p>\n")

    assert texts.persian_in_code(tree) == ["src/page.html:2: Persian in code"]


def test_persian_in_prose_catalogues_data_and_tests_is_at_home(tree: Path) -> None:
    _write(tree, "src/module.py", '"""The window (پنجره)."""\n\nx = 1  # سلام\n')
    _write(tree, "src/locale/texts.py", 'GREETING = "سلام"\n')
    _write(tree, "src/data/names.txt", "سلام\n")
    _write(tree, "tests/test_it.py", 'GREETING = "سلام"\n')

    assert texts.persian_in_code(tree) == []


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_a_direction_mark_is_named_wherever_it_hides(tree: Path, mark: str) -> None:
    _write(tree, "docs/page.md", f"first\nsecond {mark}\n")

    assert texts.direction_marks(tree) == ["docs/page.md:2: a bidirectional control character"]


@pytest.mark.parametrize(
    "line", ["--index-url https://example.org/simple", "-i example", "x @ file:///tmp/x"]
)
def test_requirements_name_no_place_to_fetch_from(tree: Path, line: str) -> None:
    _write(tree, "requirements/dev.txt", f"{line}\n")

    assert any("names an index or an address" in fault for fault in texts.requirements(tree))


def test_requirements_are_pinned_with_hashes(tree: Path) -> None:
    _write(tree, "requirements/dev.txt", "good==1 \\\n    --hash=sha256:ab\nbad==1\nworse>=1\n")

    assert texts.requirements(tree) == [
        "dev.txt: not pinned with a hash: bad==1",
        "dev.txt: not pinned with a hash: worse>=1",
    ]


@pytest.mark.parametrize("name", ["+words.added.md", "12.fixed.md"])
def test_a_fragment_named_as_asked_passes(tree: Path, name: str) -> None:
    _write(tree, f"changelog.d/{name}", "News.\n")

    assert papers.faults(tree) == []


@pytest.mark.parametrize("name", ["words.md", "+words.better.md", "+Words.added.txt"])
def test_a_fragment_with_another_name_is_refused(tree: Path, name: str) -> None:
    _write(tree, f"changelog.d/{name}", "News.\n")

    assert len(papers.faults(tree)) == 1


def test_decisions_have_numbers_of_their_own_and_say_them(tree: Path) -> None:
    _write(tree, "docs/adr/0001-one.md", "# 1. One\n")
    _write(tree, "docs/adr/0001-two.md", "# 1. Two\n")
    _write(tree, "docs/adr/0002-three.md", "# Three\n")

    assert papers.faults(tree) == [
        "docs/adr/0001-two.md: the number is taken",
        "docs/adr/0002-three.md: must begin with “# 2”",
    ]


def test_a_link_to_nothing_is_named(tree: Path) -> None:
    _write(
        tree, "docs/page.md", "[here](other.md) and [there](https://example.org) and [gone](gone.md#part)\n"
    )
    _write(tree, "docs/other.md", "\n")

    assert papers.faults(tree) == ["docs/page.md: leads nowhere: gone.md"]


@pytest.mark.parametrize(
    "expression", ["MIT", "Apache-2.0 OR GPL-2.0-only", "(MIT AND BSD-3-Clause)", "LGPL-3.0-only"]
)
def test_licences_that_may_go_together_with_ours_pass(expression: str) -> None:
    assert licences.is_allowed(expression)


@pytest.mark.parametrize(
    "expression", ["AGPL-3.0-only", "GPL-3.0-or-later", "MIT AND AGPL-3.0-only", "", "Proprietary"]
)
def test_other_licences_are_refused(expression: str) -> None:
    assert not licences.is_allowed(expression)


def test_every_reason_for_a_licence_belongs_to_something_installed() -> None:
    assert [fault for fault in licences.faults() if "not installed" in fault] == []


def test_caches_and_binaries_are_no_files_of_the_product(tree: Path) -> None:
    _write(tree, "src/module.py", "")
    _write(tree, ".venv/lib/module.py", "")
    _write(tree, "frontend/font.woff2", "")

    assert [files.shown(path, tree) for path in files.tracked(tree)] == ["src/module.py"]


def test_the_fast_gate_leaves_out_the_types_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def recorded(name: str) -> gate.Check:
        return name, lambda: done.append(name) or []  # type: ignore[func-returns-value]

    monkeypatch.setattr(gate, "CHECKS", tuple(recorded(name) for name, _ in gate.CHECKS))

    assert gate.check(is_fast=True) == 0
    assert sorted(done) == sorted(name for name, _ in gate.CHECKS if name != "types")


def test_one_fault_fails_the_gate_and_the_others_are_still_looked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "CHECKS", (("first", lambda: ["a fault"]), ("second", list)))

    assert gate.check(is_fast=False) == 1
    assert "a fault" in capsys.readouterr().out


def _report(path: Path, **covered: int) -> Path:
    summary = {"num_statements": 8, "num_branches": 2, "covered_branches": 2}
    entries = {
        f"src/{name}.py": {"summary": {**summary, "covered_lines": lines}} for name, lines in covered.items()
    }
    path.write_text(json.dumps({"files": entries}))
    return path


def test_coverage_below_its_floor_is_named(tmp_path: Path) -> None:
    report, floors = _report(tmp_path / "report.json", panjereh_kernel=7), tmp_path / "floors.json"
    floors.write_text(json.dumps({"panjereh_kernel.py": 100.0}))

    assert coverage_floor.faults(report, floors) == [
        "panjereh_kernel.py: 90.0 % covered, the floor is 100.0 %"
    ]


def test_floors_rise_and_never_fall(tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    coverage_floor.raise_floors(_report(tmp_path / "report.json", panjereh_kernel=8), floors)

    raised = coverage_floor.raise_floors(_report(tmp_path / "report.json", panjereh_kernel=5), floors)

    assert raised == []
    assert json.loads(floors.read_text()) == {"panjereh_kernel.py": 100.0}


def test_a_package_without_a_floor_is_asked_for_one(tmp_path: Path) -> None:
    report = _report(tmp_path / "report.json", panjereh_kernel=8)

    assert coverage_floor.faults(report, tmp_path / "none.json") == [
        "panjereh_kernel.py: has no floor yet; ./dev fix writes it"
    ]


@pytest.mark.parametrize(
    ("path", "package"),
    [
        ("src/panjereh/domain/people/rules/codes.py", "panjereh/domain/people"),
        ("src/panjereh/web/citizen/views.py", "panjereh/web/citizen"),
        ("src/panjereh/plumbing/outbox.py", "panjereh/plumbing"),
        ("src/panjereh/__main__.py", "panjereh"),
        ("src/panjereh_node/flows/send.py", "panjereh_node"),
    ],
)
def test_a_file_counts_for_its_room_part_or_program(path: str, package: str) -> None:
    assert coverage_floor.package_of(path) == package


_MIGRATION = "src/panjereh/domain/casework/migrations/0009_more.py"


@pytest.mark.parametrize(
    ("operation", "rule"),
    [
        ('migrations.AddIndex("case", models.Index(name="n", fields=["state"]))', "index"),
        ('migrations.AddField("case", "more", models.CharField(default=""))', "not-null"),
        ('migrations.AddField(model_name="case", name="more", field=models.TextField())', "not-null"),
        ('migrations.RemoveField("case", "state")', "gone"),
        ('migrations.AlterField("case", "state", models.TextField())', "gone"),
        ('migrations.AddConstraint("case", models.CheckConstraint(name="n"))', "constraint"),
        ("migrations.RunPython(fill)", "rows"),
        ("migrations.RunSQL(\"UPDATE casework_case SET state = 'x'\")", "rows"),
        ('migrations.RunSQL("CREATE INDEX n ON casework_case (state)")', "index"),
        ('migrations.RunSQL("ALTER TABLE casework_case ADD COLUMN n int NOT NULL")', "not-null"),
        ('migrations.RunSQL("DROP TABLE casework_case")', "gone"),
    ],
)
def test_what_a_full_table_or_the_release_before_cannot_bear_is_named(
    operation: str, rule: str, tree: Path
) -> None:
    _write(tree, _MIGRATION, f"operations = [{operation}]\n")

    assert migrations.faults(tree) == [f"{_MIGRATION}: {rule}; see devtool/checks/migrations.py"]


@pytest.mark.parametrize(
    "operations",
    [
        'AddIndexConcurrently("case", models.Index(name="n", fields=["state"]))',
        'migrations.AddField("case", "more", models.CharField(db_default=""))',
        'migrations.AddField("case", "more", models.TextField(null=True))',
        'AddConstraintNotValid("case", models.CheckConstraint(name="n"))',
        'migrations.CreateModel(name="More", fields=[]), migrations.AddIndex("more", models.Index())',
        'migrations.RunSQL("CREATE INDEX CONCURRENTLY n ON casework_case (state)")',
    ],
)
def test_what_both_can_bear_passes(operations: str, tree: Path) -> None:
    _write(tree, _MIGRATION, f"operations = [{operations}]\n")

    assert migrations.faults(tree) == []


def test_an_exception_for_a_migration_that_needs_none_must_go(tree: Path) -> None:
    _write(tree, migrations.ALLOWED, json.dumps({_MIGRATION: ["index"]}))

    assert migrations.faults(tree) == [
        f"{_MIGRATION}: index is not broken; take it out of {migrations.ALLOWED}"
    ]
