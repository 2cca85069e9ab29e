import datetime as dt
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from panjereh.domain.directory import api as directory
from panjereh_kernel.working_calendar import CalendarEndsError

DATA = Path(__file__).resolve().parents[3] / "data/iran"
AT = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
TEHRAN = "23"
FRIDAY, THURSDAY = 4, 3

pytestmark = pytest.mark.django_db(databases=["default", "trace"])


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "iran"
    shutil.copytree(DATA, folder)
    return folder


@pytest.fixture
def _imported():
    directory.import_directory(DATA, at=AT)


def replace(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.slow
def test_importing_twice_changes_nothing_the_second_time():
    first = directory.import_directory(DATA, at=AT)

    second = directory.import_directory(DATA, at=AT + dt.timedelta(days=1))

    assert {change.kind: len(change.added) for change in first} == {
        "agency": 119,
        "province": 31,
        "legalinstrument": 5,
        "calendar": 1,
    }
    assert all(change.is_empty for change in second)


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_a_changed_name_is_reported_and_a_vanished_agency_is_kept(files):
    replace(files, "agencies.csv", "nocr,سازمان ثبت احوال کشور", "nocr,سازمان نو")
    replace(files, "agencies.csv", "lmo,", "lmo-renamed,")

    changes = {change.kind: change for change in directory.import_directory(files, at=AT)}

    assert changes["agency"].changed == ("nocr",)
    assert changes["agency"].added == ("lmo-renamed",)
    assert changes["agency"].missing == ("lmo",)
    assert directory.agency("lmo").parent_id == "jud"
    assert directory.agency("nocr").name["fa"] == "سازمان نو"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("agencies.csv", "nocr,سازمان ثبت احوال کشور", "post,سازمان ثبت احوال کشور", "twice"),
        ("agencies.csv", ",jud\n", ",nobody\n", "no parent"),
        ("holidays.csv", "2021-03-21", "21-03-21", "ISO date"),
        ("weekly_rest.csv", "2021-03-21", "yesterday", "ISO date"),
    ],
)
def test_a_file_that_cannot_be_right_changes_nothing(files, name, old, new, why):
    replace(files, name, old, new)

    with pytest.raises(directory.ReferenceDataFaultyError, match=why):
        directory.import_directory(files, at=AT)

    assert directory.agencies() == {}


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
def test_a_new_closing_makes_a_new_calendar_and_keeps_the_old_one(files):
    before = directory.working_calendar(None, on=dt.date(2026, 11, 22))
    holidays = files / "holidays.csv"
    with holidays.open("a", encoding="utf-8") as file:
        file.write("1405-09-02,2026-11-23,آلودگی هوا,Pollution,0\n")

    directory.import_directory(files, at=AT + dt.timedelta(hours=1))
    after = directory.working_calendar(None, on=dt.date(2026, 11, 22))

    assert before.is_working(dt.date(2026, 11, 23))
    assert not after.is_working(dt.date(2026, 11, 23))
    assert before.version != after.version


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_every_province_rests_on_friday_and_tehran_on_thursday_too():
    everywhere = directory.working_calendar(None, on=AT.date())
    tehran = directory.working_calendar(TEHRAN, on=AT.date())

    assert (everywhere.weekend, tehran.weekend) == (frozenset({FRIDAY}), frozenset({THURSDAY, FRIDAY}))
    assert directory.working_calendar("00", on=AT.date()).weekend == frozenset({FRIDAY})


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_a_limit_over_nowruz_skips_the_holidays():
    calendar = directory.working_calendar(None, on=dt.date(2026, 3, 19))

    assert calendar.deadline(dt.date(2026, 3, 19), days=1).on == dt.date(2026, 3, 25)


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_days_after_the_last_known_year_are_not_guessed():
    with pytest.raises(CalendarEndsError):
        directory.working_calendar(None, on=AT.date()).deadline(dt.date(2031, 3, 19), days=5)


def test_without_an_import_no_limit_can_be_counted():
    with pytest.raises(directory.CalendarMissing) as refused:
        directory.working_calendar(None, on=AT.date())

    assert refused.value.code == "calendar-missing"


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

    assert (agency.value.code, province.value.code) == ("agency-unknown", "province-unknown")
    assert directory.agencies(["nobody", "post"]).keys() == {"post"}
    assert directory.province(TEHRAN).name["en"] == "Tehran"


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_legal_instruments_say_how_surely_they_are_known():
    known = directory.legal_instruments(["postal-code-act-1376", "data-act-1401", "nothing"])

    assert {name: one.certainty for name, one in known.items()} == {
        "postal-code-act-1376": "A",
        "data-act-1401": "D",
    }
    assert known["postal-code-act-1376"].approved_on == dt.date(1997, 5, 7)
    assert len(directory.legal_instruments()) > len(known)


@pytest.mark.slow
@pytest.mark.usefixtures("_imported")
def test_the_database_keeps_calendars_unchanged_and_agencies_undeleted():
    for statement in (
        "UPDATE directory_closing SET name_en = 'x'",
        "DELETE FROM directory_calendar",
        "DELETE FROM directory_agency",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    with pytest.raises(IntegrityError, match="not_its_own_parent"), transaction.atomic():
        connection.cursor().execute("UPDATE directory_agency SET parent_id = id WHERE id = 'post'")


@pytest.mark.slow
def test_the_command_says_what_changed_in_words(capsys):
    call_command("import_directory", directory=DATA)
    call_command("import_directory", directory=DATA)

    report = capsys.readouterr().out.splitlines()
    assert report[0].startswith("agency: 119 added (")
    assert report[4:] == [
        f"{kind}: unchanged" for kind in ("agency", "province", "legalinstrument", "calendar")
    ]


def test_the_command_refuses_a_folder_without_the_files(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_directory", directory=tmp_path)
