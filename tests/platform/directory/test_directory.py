"""Agencies, units and divisions as they are and were; what an import changes and what it refuses."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.audit.models import Leaf
from panjereh.domain.directory import api as directory
from panjereh.domain.directory.rules.comparing import Known, compare
from panjereh.domain.directory.rules.entries import Entry
from panjereh.domain.directory.rules.tables import Line
from panjereh_kernel.sorting import sort_key
from tests.platform.known import make_known

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "data/iran"
AT = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)
TEHRAN = "23"
MERGED_ON = dt.date(2011, 6, 29)
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db(databases=["default", "trace"])


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "iran"
    shutil.copytree(DATA, folder)
    return folder


@pytest.fixture
def _imported():
    make_known(at=AT)


def replace(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def by_kind(changes):
    return {change.kind: change for change in changes}


@pytest.mark.slow
def test_importing_twice_changes_nothing_the_second_time():
    first = directory.import_directory(DATA, at=AT)

    second = directory.import_directory(DATA, at=LATER)

    assert {change.kind: len(change.added) for change in first} == {
        "agency": 119 + 7,
        "succession": 7,
        "unit": 64,
        "division": 31 + 448 + 1354,
        "instrument": 11,
        "article": 25,
        "relation": 1,
        "calendar": 1,
    }
    assert all(change.is_empty for change in second)


@pytest.mark.slow
def test_a_dry_run_says_the_same_and_changes_nothing():
    said = directory.compare_directory(DATA)

    assert directory.agencies() == {}
    assert directory.import_directory(DATA, at=AT) == said


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_a_corrected_name_is_reported_field_by_field_and_a_vanished_agency_is_kept(files):
    replace(files, "agencies.csv", "nocr,سازمان ثبت احوال کشور", "nocr,سازمان نو")
    replace(files, "agencies.csv", "\nlmo,", "\nlmo-renamed,")

    agencies = by_kind(directory.import_directory(files, at=LATER))["agency"]

    assert agencies.changed == (
        directory.FieldChange("nocr", "name_fa", "سازمان ثبت احوال کشور", "سازمان نو"),
    )
    assert agencies.added == ("lmo-renamed",)
    assert agencies.missing == ("lmo",)
    assert directory.agency("lmo").parent_id == "jud"
    assert directory.agency("nocr").name["fa"] == "سازمان نو"


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_the_leaf_of_an_import_binds_the_very_files_it_took_in(files):
    replace(files, "agencies.csv", "nocr,سازمان ثبت احوال کشور", "nocr,سازمان نو")
    directory.import_directory(files, at=LATER)

    leaves = Leaf.objects.filter(event="directory.reference-data.imported").order_by("at")
    first, second = (leaf.facts["sha256"] for leaf in leaves)
    assert first != second


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_a_correction_keeps_what_was_believed_before(files):
    replace(files, "agencies.csv", "nocr,سازمان ثبت احوال کشور", "nocr,سازمان نو")

    directory.import_directory(files, at=LATER)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name_fa, recorded_at, replaced_at FROM directory_agencyversion"
            " WHERE code = 'nocr' ORDER BY id"
        )
        assert cursor.fetchall() == [
            ("سازمان ثبت احوال کشور", AT, LATER),
            ("سازمان نو", LATER, None),
        ]


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_an_agency_that_ends_is_reported_as_ended_and_still_has_its_name(files):
    replace(files, "agencies.csv", "ministry,,,,C,compiled\nmfa", "ministry,,,2027-03-21,C,compiled\nmfa")

    agencies = by_kind(directory.import_directory(files, at=LATER))["agency"]

    assert agencies.ended == ("moi",)
    assert "moi" in directory.agencies(on=dt.date(2027, 3, 20))
    assert "moi" not in directory.agencies(on=dt.date(2027, 3, 21))
    assert directory.agency("moi").name["en"] == "Ministry of Interior"


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_an_agency_has_the_name_it_had_on_a_day(files):
    replace(
        files,
        "agencies.csv",
        "ministry,,,,C,compiled\nmfa",
        "ministry,,,2027-03-21,C,compiled\nmoi,وزارت نو,New Ministry,ministry,,2027-03-21,,C,compiled\nmfa",
    )

    changes = by_kind(directory.import_directory(files, at=LATER))["agency"]

    assert changes.renewed == (("moi", dt.date(2027, 3, 21)),)
    assert changes.ended == ("moi",)
    assert directory.agency("moi", on=dt.date(2027, 3, 20)).name["en"] == "Ministry of Interior"
    assert directory.agency("moi", on=dt.date(2027, 3, 21)).name["en"] == "New Ministry"
    assert directory.agency("moi").name["en"] == "New Ministry"


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_a_first_day_that_becomes_known_corrects_the_row_in_place(files):
    replace(files, "agencies.csv", "ministry,,,,C,compiled\nmfa", "ministry,,2000-03-20,,C,compiled\nmfa")

    agencies = by_kind(directory.import_directory(files, at=LATER))["agency"]

    assert agencies.changed == (directory.FieldChange("moi", "valid_from", "", "2000-03-20"),)
    assert (agencies.added, agencies.renewed, agencies.missing) == ((), (), ())
    assert "moi" not in directory.agencies(on=dt.date(2000, 3, 19))
    assert "moi" in directory.agencies(on=dt.date(2000, 3, 20))
    assert all(each.is_empty for each in directory.import_directory(files, at=LATER))


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_a_merger_says_what_became_of_whom():
    merged = directory.successions_of(["mimt"])

    assert {(each.predecessor_id, each.successor_id, each.on) for each in merged} == {
        ("mim", "mimt", MERGED_ON),
        ("moc", "mimt", MERGED_ON),
    }
    assert directory.successions_of(["moc"]) == tuple(each for each in merged if each.predecessor_id == "moc")
    before, after = directory.agencies(on=MERGED_ON - DAY), directory.agencies(on=MERGED_ON)
    assert {"mim", "moc"} <= before.keys()
    assert "mimt" not in before
    assert "mimt" in after
    assert not {"mim", "moc"} & after.keys()


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_an_agency_has_its_headquarters_and_an_office_in_every_province():
    units = directory.units_of(["nocr", "nobody"])

    offices = [unit for unit in units["nocr"] if unit.kind == "provincial"]
    assert units.keys() == {"nocr"}
    assert {unit.province_code for unit in offices} == {each.code for each in directory.divisions_below("")}
    assert {unit.parent_id for unit in offices} == {"nocr.hq"}
    assert next(unit for unit in offices if unit.province_code == TEHRAN).name["fa"].endswith("استان تهران")


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_provinces_counties_and_cities_stand_below_each_other_in_persian_order():
    provinces = directory.divisions_below("")
    counties = directory.divisions_below(TEHRAN)
    cities = directory.divisions_below(counties[0].code)

    assert len(provinces) == 31
    for found in (provinces, counties, cities):
        names = [each.name["fa"] for each in found]
        assert names == sorted(names, key=sort_key)
        assert names
    assert {each.parent_code for each in cities} == {counties[0].code}
    assert directory.divisions([TEHRAN, "nothing"]).keys() == {TEHRAN}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("agencies.csv", "\nnocr,", "\npost,", "post stands there twice for the same days"),
        ("agencies.csv", ",jud,", ",nobody,", "there is no agency nobody"),
        ("agencies.csv", "ministry,,,,C", "ministry,,2026-01-02,2026-01-01,C", "ends before it begins"),
        ("agencies.csv", "ministry,,,,C", "kingdom,,,,C", "kind is not one of"),
        ("agencies.csv", "وزارت کشور", "", "name_fa is empty"),
        ("agencies.csv", "Ministry of Interior,ministry,,", "x,ministry,nocr,", "is above itself"),
        ("counties.csv", "0001,00,", "0001,01,", "does not begin with the code of its parent"),
        ("units.csv", "nocr.00,nocr,", "nocr.00,nobody,", "there is no agency nobody"),
        ("agency_successions.csv", "2011-06-29", "", "valid_from is empty"),
        ("legal_articles.csv", "act-1376,1,,", "act-1376,1,7,", "there is no article 7"),
        ("legal_instruments.csv", "1997-05-07,,", "1997-05-07,1997-05-06,", "do not follow one another"),
        ("legal_instruments.csv", ",,,,,,A,pub", ",,,,,repealed,A,pub", "valid_to and end_kind go together"),
        ("holidays.csv", "2021-03-21", "21-03-21", "is not an ISO date"),
        ("holidays.csv", "1400-01-02", "00-01-02", "four digits of year"),
        ("holidays.csv", "1400-01-02", "1400-01-03", "another day than the date beside it"),
        ("weekly_rest.csv", "\n23,", "\n,4,2021-03-21,A,x,\n23,", "twice for the same day"),
        ("holidays.csv", "Nowruz,0,,,", "Nowruz,0,,nobody,", "no agency nobody"),
        ("legal_instruments.csv", "1376-02-17", "76-02-17", "four digits of year"),
        ("weekly_rest.csv", "\n23,", "\n99,", "there is no province"),
        ("weekly_rest.csv", "2021-03-21", "yesterday", "is not an ISO date"),
        ("weekly_rest.csv", ",4,", ",9,", "weekday numbers"),
    ],
)
def test_a_file_that_cannot_be_right_changes_nothing(files, name, old, new, why):
    replace(files, name, old, new)

    with pytest.raises(directory.ReferenceDataFaultyError) as refused:
        directory.import_directory(files, at=AT)

    assert {(fault.file, why in fault.about) for fault in refused.value.faults} >= {(name, True)}
    assert directory.agencies() == {}


def test_every_fault_is_told_at_once_with_its_file_and_line(files):
    replace(files, "agencies.csv", "وزارت کشور", "")
    replace(files, "holidays.csv", "2021-03-21", "21-03-21")
    (files / "provinces.csv").unlink()

    with pytest.raises(directory.ReferenceDataFaultyError) as refused:
        directory.import_directory(files, at=AT)

    said = str(refused.value).splitlines()
    assert "agencies.csv:3: name_fa is empty" in said
    assert "holidays.csv:2: gregorian is not an ISO date: 21-03-21" in said
    assert "provinces.csv:1: cannot be read" in said


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"\xff\xfe"), Path.touch])
def test_a_file_that_cannot_be_read_is_refused(files, spoil):
    path = files / "provinces.csv"
    path.write_bytes(b"")
    spoil(path)

    with pytest.raises(directory.ReferenceDataFaultyError, match=r"provinces\.csv"):
        directory.import_directory(files, at=AT)


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_an_agency_knows_its_name_in_both_languages_and_its_parent():
    nocr = directory.agency("nocr")

    assert nocr.name == {
        "fa": "سازمان ثبت احوال کشور",
        "en": "National Organization for Civil Registration",
    }
    assert (nocr.parent_id, directory.agency("moi").parent_id) == ("moi", None)


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_what_the_directory_does_not_know_is_refused():
    with pytest.raises(directory.AgencyUnknown) as agency:
        directory.agency("nobody")
    with pytest.raises(directory.ProvinceUnknown) as province:
        directory.working_calendar("99", on=AT.date())
    with pytest.raises(directory.ProvinceUnknown):
        directory.province("0001")
    with pytest.raises(directory.InstrumentUnknown) as instrument:
        directory.legal_instrument("nothing")

    assert (agency.value.code, province.value.code, instrument.value.code) == (
        "agency-unknown",
        "province-unknown",
        "legal-instrument-unknown",
    )
    assert directory.agencies(["nobody", "post"]).keys() == {"post"}
    assert directory.province(TEHRAN).name["en"] == "Tehran"


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_the_database_keeps_history_and_one_truth_a_day():
    for statement in (
        "UPDATE directory_closing SET name_en = 'x'",
        "DELETE FROM directory_calendar",
        "DELETE FROM directory_agencyversion",
        "UPDATE directory_agencyversion SET name_fa = 'x'",
        "UPDATE directory_articleversion SET number = 'x'",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    columns = (
        "code, valid_from, valid_to, certainty, source, recorded_at, name_fa, name_en, kind, parent_code"
    )
    for values, constraint in (
        ("'post', '2026-01-01', NULL, 'C', 'x', now(), 'x', 'x', 'ministry', ''", "agency_one_a_day"),
        ("'new', '2026-01-02', '2026-01-01', 'C', 'x', now(), 'x', 'x', 'ministry', ''", "valid_in_order"),
        ("'new', NULL, NULL, 'C', 'x', now(), 'x', 'x', 'ministry', 'new'", "not_its_own_parent"),
        ("'new', NULL, NULL, 'C', 'x', now(), 'x', 'x', 'kingdom', ''", "agency_kind_known"),
    ):
        insert = f"INSERT INTO directory_agencyversion ({columns}) VALUES ({values})"  # noqa: S608
        with pytest.raises((IntegrityError,), match=constraint), transaction.atomic():
            connection.cursor().execute(insert)


@pytest.mark.slow
def test_the_command_says_what_changed_in_words(files, capsys):
    call_command("import_directory", directory=DATA, dry_run=True)
    call_command("import_directory", directory=DATA)
    replace(files, "agencies.csv", "Ministry of Interior", "Home Office")
    call_command("import_directory", directory=files)

    report = capsys.readouterr().out.splitlines()
    assert report[0] == "dry run: nothing is changed"
    assert report[1].startswith("agency: 126 new (")
    assert report[1:9] == report[9:17]
    assert report[17:19] == [
        "agency: 1 changed",
        "  moi: name_en: Ministry of Interior → Home Office",
    ]
    assert report[19:] == [
        f"{kind}: unchanged"
        for kind in ("succession", "unit", "division", "instrument", "article", "relation", "calendar")
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_the_report_names_days_off_that_came_or_went_and_later_states(files, capsys):
    replace(
        files,
        "holidays.csv",
        "1400-01-02,2021-03-22,عیدنوروز,Nowruz Holiday,0,,",
        "1400-01-02,2021-03-22,x,Spring,0,23,",
    )
    replace(
        files,
        "agencies.csv",
        "ministry,,,,C,compiled\nmfa",
        "ministry,,,2027-03-21,C,compiled\nmoi,وزارت نو,New Ministry,ministry,,2027-03-21,,C,compiled\nmfa",
    )

    call_command("import_directory", directory=files)

    report = capsys.readouterr().out.splitlines()
    assert "agency: 1 changed from a day on (moi from 2027-03-21)" in report
    assert "calendar: 1 changed" in report
    assert {"  2021-03-22: 23: - → Spring", "  2021-03-22: everywhere: Nowruz Holiday → -"} <= set(report)


@pytest.mark.slow
def test_the_report_can_name_everything(files, capsys):
    call_command("import_directory", directory=DATA, dry_run=True, all=True)

    agencies = capsys.readouterr().out.splitlines()[1]
    assert agencies.count(",") == 125
    assert "…" not in agencies


@pytest.mark.slow
def test_the_report_names_services_whose_law_is_no_longer_in_force(files, capsys):
    make_known(at=AT, packs=ROOT / "packs")
    replace(files, "legal_instruments.csv", "1997-05-07,,,,,,,A", "1997-05-07,,,,,2026-03-22,repealed,A")

    call_command("import_directory", directory=files)

    assert capsys.readouterr().out.splitlines()[-1] == (
        "no longer in force: postal-code-act-1376 article 1, on which place.address-certificate rests"
    )


@pytest.mark.slow
def test_before_the_first_import_nothing_is_said_of_sources():
    assert directory.provenance() == directory.Provenance((), (), None)


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_computed_days_off_are_told_apart_from_announced_ones():
    days_off = directory.provenance().days_off

    assert (days_off.count, days_off.computed) == (277, 74)
    assert days_off.version == directory.calendar_version()


def test_the_command_refuses_a_folder_without_the_files(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_directory", directory=tmp_path)


CODES = st.sampled_from("abcd")
VALUES = st.fixed_dictionaries(
    {"name": st.sampled_from("xyz"), "valid_to": st.sampled_from([None, MERGED_ON])}
)
STATES = st.dictionaries(CODES, VALUES)


def entries_of(state):
    line = Line("x.csv", 2, {}, [])
    return [Entry("agency", code, None, values, line) for code, values in state.items()]


@given(STATES, STATES)
def test_after_the_changes_the_database_says_what_the_files_say(before, after):
    known = [Known(n, code, None, values) for n, (code, values) in enumerate(before.items())]

    difference = compare("agency", entries_of(after), known)

    left = {row.code: row.values for row in known if row.id not in difference.replaced}
    fresh = {entry.code: entry.values for entry in difference.fresh}
    assert not left.keys() & fresh.keys()
    assert left | fresh == before | after
    assert set(difference.changes.missing) == before.keys() - after.keys()
    again = [Known(n, code, None, values) for n, (code, values) in enumerate((left | fresh).items())]
    assert compare("agency", entries_of(after), again).changes.writes == 0


DAYS = [dt.date(2026, month, 1) for month in (1, 4, 7, 10)]
STATES_IN_TURN = st.dictionaries(
    CODES,
    st.lists(st.sampled_from([None, *DAYS]), unique=True, min_size=1).map(
        lambda days: sorted(days, key=lambda day: day or dt.date.min)
    ),
)


def in_turn(states):
    """One state after the other of each code, the last one open."""
    return [
        (code, begins, {"name": f"{begins}", "valid_to": ends})
        for code, days in states.items()
        for begins, ends in zip(days, [*days[1:], None], strict=True)
    ]


@given(STATES_IN_TURN, STATES_IN_TURN)
def test_whatever_first_days_change_there_is_one_truth_a_day_and_it_is_that_of_the_files(before, after):
    known = [Known(n, *state) for n, state in enumerate(in_turn(before))]
    line = Line("x.csv", 2, {}, [])
    entries = [Entry("agency", *state, line) for state in in_turn(after)]

    difference = compare("agency", entries, known)

    left = [row for row in known if row.id not in difference.replaced]
    spoken = [(each.code, each.valid_from, each.valid_to) for each in (*left, *difference.fresh)]
    for code, begins, ends in spoken:
        others = [other for other in spoken if other[0] == code and other != (code, begins, ends)]
        assert all(
            (ends or dt.date.max) <= (first or dt.date.min)
            or (last or dt.date.max) <= (begins or dt.date.min)
            for _, first, last in others
        )
    assert {entry.key for entry in entries} <= {(code, begins) for code, begins, _ in spoken}
    again = [
        Known(n, each.code, each.valid_from, each.values) for n, each in enumerate((*left, *difference.fresh))
    ]
    assert compare("agency", entries, again).changes.writes == 0
