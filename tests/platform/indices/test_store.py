"""What is kept of published indices, and how it comes in."""

import csv
import hashlib
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from panjereh.domain.audit.models import Leaf
from panjereh.domain.indices import api as indices
from panjereh.domain.indices.models import Target, Value
from panjereh.plumbing import memory
from panjereh_kernel.refusal import NotFound
from tests.platform.indices.conftest import HOUR
from tests.platform.people.registers import AT


@pytest.fixture
def files(published: Path, tmp_path: Path) -> Path:
    """Return a copy of the reference files that a test may change."""
    return Path(shutil.copytree(published, tmp_path / "indices"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def faults_of(files: Path) -> list[str]:
    with pytest.raises(indices.IndexDataFaultyError) as refused:
        indices.import_indices(files, at=AT + HOUR)
    return [f"{each.file}:{each.line} {each.kind}" for each in refused.value.faults]


def test_the_edition_the_country_speaks_of_is_there(published: Path):
    point = next(each for each in indices.series("egdi", "IRN") if each.edition == "2020")

    assert (point.values["egdi"], point.ranks) == (
        0.6593,
        {"egdi": 89, "osi": 92, "tii": 81, "hci": 77, "epi": 118},
    )
    assert (point.states, indices.sources()[point.source].publisher) == (193, "UN DESA")


def test_an_import_leaves_one_leaf_that_binds_its_files(published: Path):
    leaf = Leaf.objects.get(event="indices.reference-data.imported")

    lines = (
        f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        for path in sorted(published.iterdir())
    )
    said = "".join(line for line in lines if not line.startswith("README"))
    assert leaf.facts["sha256"] == hashlib.sha256(said.encode()).hexdigest()
    assert leaf.facts["value"] == Value.objects.count()


def test_all_editions_have_their_method_and_as_many_ranked_states_as_it_says(published: Path):
    for edition in indices.editions():
        table = indices.edition_table(edition.index, edition.edition)

        assert len(table.ranked) == edition.method.ranked
        assert set(edition.method.sources.values()) <= set(edition.method_sources)
    assert len(indices.editions("egdi")) == 12


def test_every_published_rank_is_reproduced_but_for_the_ties_of_2020(published: Path):
    tied = {
        (check.edition, check.iso3)
        for table in indices.edition_tables("egdi")
        for check in indices.check_edition(table)
        if not check.is_reproduced or any(step.outcome is indices.Outcome.TIED for step in check.steps)
    }

    assert tied == {
        *(("2020", iso3) for iso3 in ("AND", "HUN", "MKD", "TLS")),
        *(("2008", iso3) for iso3 in ("CMR", "KHM")),
    }


def test_indices_of_other_publishers_are_on_the_same_scale(published: Path):
    odin, oecd = indices.edition_table("odin", "2022"), indices.edition_table("oecd-dgi", "2023")

    assert (odin.value("IRN"), odin.row("IRN").published_rank) == (0.404, 136)
    assert (oecd.value("KOR"), "IRN" in oecd.ranked) == (0.935, False)


def test_a_state_that_was_not_scored_has_no_nought(published: Path):
    point = next(each for each in indices.series("egdi", "CAF") if each.edition == "2003")

    assert (point.ranked, point.values, point.ranks) == (False, {}, {})


def test_raw_indicators_and_question_lists_are_kept(published: Path):
    internet = next(each for each in indices.raw_series("IRN") if each.indicator == "internet_users_pct")

    assert set(internet.sources.values()) == {"I"}
    assert internet.values[max(internet.values)] > internet.values[min(internet.values)]
    assert sum(each.count for each in indices.questions("osi-2024")) == 183
    assert len(indices.questions("losi-2024")) == 95


def test_what_is_not_there_is_told_so(published: Path):
    for ask in (
        lambda: indices.edition("egdi", "2021"),
        lambda: indices.edition_table("egdi", "2021"),
        lambda: indices.check("egdi", "2021", "IRN"),
    ):
        with pytest.raises(indices.EditionUnknown):
            ask()
    for ask in (
        lambda: indices.series("egdi", "XXX"),
        lambda: indices.raw_series("XXX"),
        lambda: indices.check("egdi", "2003", "CAF"),
        lambda: indices.check("egdi", "2020", "IRN", part="x"),
    ):
        with pytest.raises(indices.CountryUnknown):
            ask()


@pytest.mark.slow
def test_importing_again_changes_nothing(published: Path):
    leaves = Leaf.objects.count()

    changes = indices.import_indices(published, at=AT + HOUR)

    assert [(each.kind, each.writes, each.missing) for each in changes] == [
        (kind, 0, ()) for kind in ("source", "country", "edition", "question", "value", "raw", "target")
    ]
    assert Leaf.objects.count() == leaves


@pytest.mark.slow
def test_a_restated_value_keeps_the_older_one_beside_it(files: Path):
    change(
        files / "egdi.csv",
        "2020,IRN,Iran (Islamic Republic of),1,89,0.6593,0.5882",
        "2020,IRN,Iran,1,89,0.6593,0.5883",
    )

    told = {each.kind: each for each in indices.import_indices(files, at=AT + HOUR)}["value"]

    assert told.restated == (indices.Restated("egdi 2020 IRN osi", "0.5882", "0.5883"),)
    rows = Value.objects.filter(edition__edition="2020", edition__index="egdi", iso3="IRN", part="osi")
    assert [float(row.value or 0) for row in rows.order_by("revision")] == [0.5882, 0.5883]
    point = next(each for each in indices.series("egdi", "IRN") if each.edition == "2020")
    assert (point.values["osi"], set(point.restated)) == (0.5883, {"osi"})


@pytest.mark.slow
def test_files_that_cannot_be_right_are_refused_with_every_fault_and_its_line(files: Path):
    rows = (files / "odin_2022.csv").read_text(encoding="utf-8").splitlines()
    rows[1] = rows[1].replace("ABW", "XYZ").replace(",O", ",Z")
    rows[2] = rows[2].replace("31.3", "many")
    rows[4] = rows[3]
    (files / "odin_2022.csv").write_text("\n".join(rows), encoding="utf-8")
    (files / "oecd_dgi_2023.csv").write_text("iso3\nKOR\n", encoding="utf-8")
    change(
        files / "losi_2024_indicators.csv", "وجود درگاه رسمی شهرداری,0,Q,1", "وجود درگاه رسمی شهرداری,0,Q,4"
    )

    assert faults_of(files) == [
        "losi_2024_indicators.csv:2 I02",
        "odin_2022.csv:2 I03",
        "odin_2022.csv:2 I06",
        "odin_2022.csv:3 I02",
        "odin_2022.csv:5 I04",
        "oecd_dgi_2023.csv:1 I01",
    ]


@pytest.mark.slow
def test_neither_a_target_nor_its_thresholds_can_be_changed_by_the_files(files: Path):
    told = json.loads((files / "targets.json").read_text(encoding="utf-8"))
    told[0] |= {"places": 3, "thresholds": {"green": 0.2, "amber": 0.1}}
    (files / "targets.json").write_text(json.dumps(told), encoding="utf-8")

    assert faults_of(files) == ["targets.json:1 I11", "targets.json:1 I11"]
    assert Target.objects.get(code="egdi-thirty-places").places == 30


@pytest.mark.slow
def test_a_corrected_title_is_seen_at_once(files: Path):
    rows = (files / "editions.csv").read_text(encoding="utf-8").splitlines()
    told = indices.edition("egdi", "2024").title["en"]
    corrected = [row.replace(told, "Index of 2024") if row.startswith("egdi,2024,") else row for row in rows]
    (files / "editions.csv").write_text("\n".join(corrected) + "\n", encoding="utf-8")

    indices.import_indices(files, at=AT + HOUR)

    assert indices.edition("egdi", "2024").title["en"] == "Index of 2024"


@pytest.mark.slow
def test_a_target_begins_from_the_rank_that_its_baseline_edition_says(files: Path):
    (whole, part) = json.loads((files / "targets.json").read_text(encoding="utf-8"))
    wrong = [
        whole | {"code": "from-the-last", "baseline_rank": 193},
        part | {"code": "from-a-part", "baseline_rank": 119},
        whole | {"code": "from-nowhere", "baseline_edition": "1999"},
        whole | {"code": "of-no-state", "iso3": "XXX"},
    ]
    (files / "targets.json").write_text(json.dumps([whole, part, *wrong]), encoding="utf-8")

    with pytest.raises(indices.IndexDataFaultyError) as refused:
        indices.import_indices(files, at=AT + HOUR)

    assert {(each.kind, each.about) for each in refused.value.faults} == {
        (indices.FaultKind.BASELINE_OTHERWISE, "from-the-last: 89"),
        (indices.FaultKind.BASELINE_OTHERWISE, "from-a-part: 118"),
        (indices.FaultKind.BASELINE_OTHERWISE, "from-nowhere: None"),
        (indices.FaultKind.BASELINE_OTHERWISE, "of-no-state: None"),
    }


@pytest.mark.slow
def test_thresholds_that_came_in_once_the_period_began_soften_nothing(files: Path):
    (told, _) = json.loads((files / "targets.json").read_text(encoding="utf-8"))
    late = told | {"code": "late", "ends_on": "2031-08-03", "thresholds_fixed_on": "2020-01-01"}
    (files / "targets.json").write_text(json.dumps([told, late]), encoding="utf-8")

    indices.import_indices(files, at=AT + HOUR)

    standing = indices.target("late", on=AT.date())
    assert standing.verdict.progress is indices.Progress.BEHIND
    assert not standing.target.has_thresholds_in_time


def test_the_verdicts_of_both_targets_are_computed_and_red(published: Path):
    egdi, epi = indices.targets(on=AT.date())

    assert (egdi.verdict.progress, egdi.verdict.colour) == (indices.Progress.MISSED, indices.Colour.RED)
    assert (epi.verdict.latest and epi.verdict.latest.rank, epi.needed_still.value_needed) == (164, 0.4932)
    assert indices.target("egdi-thirty-places", on=AT.date()) == egdi
    with pytest.raises(NotFound):
        indices.target("no-such-target", on=AT.date())


def test_a_verdict_follows_a_figure_that_came_in(published: Path):
    before = indices.target("egdi-thirty-places", on=AT.date()).verdict.latest
    row = Value.objects.get(edition__index="egdi", edition__edition="2024", iso3="IRN", part="egdi")
    row.id, row.revision, row.published_rank, row.recorded_at = None, row.revision + 1, 50, AT + HOUR
    row.save()
    memory.forget()

    after = indices.target("egdi-thirty-places", on=AT.date()).verdict.latest

    assert (before and before.rank, after and after.rank) == (101, 50)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE indices_target SET places = 1",
        'UPDATE indices_target SET thresholds = \'{"green": 0.1, "amber": 0.05}\'',
        "UPDATE indices_target SET thresholds_fixed_on = '2020-01-01', recorded_at = '2020-01-01'",
        "DELETE FROM indices_target",
        "TRUNCATE indices_target",
        "UPDATE indices_value SET value = 1",
        "UPDATE indices_value SET published_rank = 1 WHERE iso3 = 'IRN'",
        "DELETE FROM indices_value",
        "DELETE FROM indices_raw",
        "UPDATE indices_scenario SET title = 'x'",
    ],
)
def test_the_programs_cannot_touch_what_was_kept(published: Path, statement: str):
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["ALTER TABLE indices_target DISABLE TRIGGER ALL", "DROP TABLE indices_target"],
)
def test_the_programs_do_not_own_what_was_promised(published: Path, statement: str):
    with (
        pytest.raises(DatabaseError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_no_operation_takes_a_verdict_or_a_colour():
    judged = {indices.Verdict, indices.Progress, indices.Colour, indices.Target, indices.Thresholds}
    operations = [
        getattr(indices, name)
        for name in indices.__all__
        if "operations" in str(getattr(getattr(indices, name), "__module__", ""))
    ]

    assert {indices.import_indices, indices.accept_edition, indices.save_scenario} <= set(operations)
    taken = {each: set(get_type_hints(each).values()) & judged for each in operations}
    assert {each.__name__ for each, found in taken.items() if found} == set()


@pytest.mark.slow
def test_a_target_left_out_of_the_files_is_judged_all_the_same(files: Path):
    (files / "targets.json").write_text("[]", encoding="utf-8")

    told = {each.kind: each for each in indices.import_indices(files, at=AT + HOUR)}["target"]

    assert told.missing == ("egdi-thirty-places", "epi-thirty-places")
    assert [each.verdict.colour for each in indices.targets(on=AT.date())] == [indices.Colour.RED] * 2


@pytest.mark.slow
def test_a_figure_slipped_into_the_database_is_named_when_the_files_are_compared(files: Path):
    row = Value.objects.get(edition__index="egdi", edition__edition="2024", iso3="IRN", part="egdi")
    row.id, row.revision, row.published_rank, row.recorded_at = None, row.revision + 1, 50, AT + HOUR
    row.save()

    told = {each.kind: each for each in indices.compare_indices(files)}["value"]

    assert [each.name for each in told.restated] == ["egdi 2024 IRN egdi"]
    point = next(each for each in indices.series("egdi", "IRN") if each.edition == "2024")
    assert set(point.restated) == {"egdi"}


def test_a_published_figure_is_recomputed_step_by_step_at_the_command_line(published: Path):
    out = io.StringIO()

    call_command("figures", "verify", "egdi", country="IRN", edition="2020", stdout=out)

    told = out.getvalue()
    assert "w_osi × osi + w_tii × tii + w_hci × hci" in told
    assert ("osi = 0.5882" in told, "greater = 88.0" in told, "OK reproduced" in told) == (True, True, True)


def test_a_known_fault_of_the_source_is_told_as_one(published: Path):
    out = io.StringIO()

    call_command("figures", "verify", "egdi", country="CMR", edition="2008", stdout=out)

    assert out.getvalue().endswith("OK not reproduced: a known fault of the source\n")


def test_states_that_share_a_published_value_are_named_beside_their_rank(published: Path):
    out = io.StringIO()

    call_command("figures", "verify", "egdi", country="HUN", edition="2020", stdout=out)

    assert "tied\n   same published value: " in out.getvalue()


def test_a_published_figure_that_does_not_follow_ends_with_an_error(published: Path):
    restated = Value.objects.get(edition__index="egdi", edition__edition="2020", iso3="IRN", part="egdi")
    restated.id, restated.revision, restated.value, restated.recorded_at = None, 2, Decimal("0.7"), AT + HOUR
    restated.save()

    with pytest.raises(CommandError, match="BROKEN not reproduced"):
        call_command("figures", "verify", "egdi", country="IRN", edition="2020", stdout=io.StringIO())


def test_what_is_not_reproduced_is_found_once_and_anew_after_a_figure_came(published: Path):
    known = indices.explained_figures("egdi", "2020")
    row = Value.objects.get(edition__index="egdi", edition__edition="2020", iso3="IRN", part="egdi")
    row.id, row.revision, row.value, row.recorded_at = None, 2, Decimal("0.7"), AT + HOUR
    row.save()
    memory.forget()

    found = indices.explained_figures("egdi", "2020")

    assert [each.iso3 for each in known] == ["AND", "HUN", "MKD", "TLS"]
    assert "IRN" in {each.iso3 for each in found}
    assert indices.explained_figures("egdi", "2020") is found
    with pytest.raises(indices.EditionUnknown):
        indices.explained_figures("egdi", "2021")


@pytest.mark.parametrize(
    ("figure", "country", "edition", "said"),
    [
        ("egdi", "IRN", None, "--country and --edition"),
        ("egdi", "IRN", "2021", "index-edition-unknown"),
        ("egdi", "XXX", "2020", "index-country-unknown"),
        ("no-such-figure", None, None, "not-found"),
    ],
)
def test_a_figure_that_is_not_there_cannot_be_recomputed(
    published: Path, figure: str, country: str | None, edition: str | None, said: str
):
    with pytest.raises(CommandError, match=said):
        call_command("figures", "verify", figure, country=country, edition=edition)


def test_a_figure_of_the_platform_is_counted_again(db: None):
    out = io.StringIO()

    call_command("figures", "verify", "cases-by-state-and-day", stdout=out)

    assert out.getvalue() == "OK figure cases-by-state-and-day events 0\n"


@pytest.mark.slow
def test_the_command_says_what_it_takes_in(published: Path, files: Path):
    change(files / "regions.csv", "پلی‌نزی", "پولینزی")
    out = io.StringIO()

    call_command("import_indices", directory=files, dry_run=True, stdout=out)
    call_command("import_indices", directory=files, stdout=out)

    told = out.getvalue()
    assert told.count("country: 3 restated") == 2
    assert ("value: unchanged" in told, "WSM sub_region_fa: پلی‌نزی → پولینزی" in told) == (True, True)
    (files / "regions.csv").unlink()
    with pytest.raises(CommandError, match=r"regions.csv:1: I01 cannot be read"):
        call_command("import_indices", directory=files)


def test_the_file_of_an_edition_names_its_source_in_each_row(published: Path):
    with (published / "egdi.csv").open(encoding="utf-8", newline="") as file:
        assert {row["source"] for row in csv.DictReader(file)} <= set(indices.sources())
