"""Working calendars: versions that stay, closings of a place, and days closed by decree."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from panjereh.domain.audit.models import Leaf
from panjereh.domain.directory import api as directory
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from panjereh_kernel.working_calendar import CalendarEndsError
from tests.platform.known import make_known
from tests.platform.people.desk import fresh_id

DATA = Path(__file__).resolve().parents[3] / "data/iran"
AT = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 11, 23)
TEHRAN = "23"
FRIDAY, THURSDAY, SATURDAY = 4, 3, 5
OPERATOR = Actor.system("closing-decree")
SMOKE = {"fa": "آلودگی هوا", "en": "Air pollution"}

pytestmark = [pytest.mark.django_db(databases=["default", "trace"]), pytest.mark.slow]


@pytest.fixture
def _imported():
    make_known(at=AT)


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "iran"
    shutil.copytree(DATA, folder)
    return folder


def decree(*, on=MONDAY, province="", agency="", actor=OPERATOR, at=AT):
    closing = directory.NewClosing(on, SMOKE, "Decree 1", province, agency)
    return directory.decree_closing(fresh_id(), closing, actor=actor, at=at)


def calendar(province=None, **more):
    return directory.working_calendar(province, on=AT.date(), **more)


def add_holiday(folder, *, province="", agency=""):
    with (folder / "holidays.csv").open("a", encoding="utf-8") as file:
        file.write(f"1405-09-02,2026-11-23,آلودگی هوا,Pollution,0,{province},{agency},test\n")


@pytest.mark.usefixtures("_imported")
def test_a_new_closing_makes_a_new_calendar_and_keeps_the_old_one(files):
    before = calendar()
    add_holiday(files)

    directory.import_directory(files, at=AT + DAY)

    assert before.is_working(MONDAY)
    assert not calendar().is_working(MONDAY)
    assert calendar(version=before.version) == before


@pytest.mark.usefixtures("_imported")
def test_files_that_go_back_take_up_the_calendar_of_before(files):
    before = calendar()
    add_holiday(files)
    directory.import_directory(files, at=AT + DAY)

    directory.import_directory(DATA, at=AT + 2 * DAY)

    assert calendar() == before


@pytest.mark.usefixtures("_imported")
def test_a_computed_day_that_is_announced_makes_a_new_version(files):
    before = calendar()
    path = files / "holidays.csv"
    text = path.read_text("utf-8")
    assert ",1,,,holidays-0.109" in text
    path.write_text(text.replace(",1,,,holidays-0.109", ",0,,,holidays-0.109", 1), "utf-8")

    directory.import_directory(files, at=AT + DAY)

    assert calendar().version != before.version
    assert calendar().closings == before.closings


@pytest.mark.usefixtures("_imported")
def test_every_province_rests_on_friday_and_tehran_on_thursday_too():
    assert (calendar().weekend, calendar(TEHRAN).weekend) == (
        frozenset({FRIDAY}),
        frozenset({THURSDAY, FRIDAY}),
    )
    assert calendar("00").weekend == frozenset({FRIDAY})


@pytest.mark.usefixtures("_imported")
def test_a_limit_over_nowruz_skips_the_holidays():
    assert calendar().deadline(dt.date(2026, 3, 19), days=1).on == dt.date(2026, 3, 25)


@pytest.mark.usefixtures("_imported")
def test_days_after_the_last_known_year_are_not_guessed():
    with pytest.raises(CalendarEndsError):
        calendar().deadline(dt.date(2031, 3, 19), days=5)


def test_without_an_import_no_limit_can_be_counted_and_no_day_closed():
    for ask in (calendar, directory.calendar_version, decree):
        with pytest.raises(directory.CalendarMissing) as refused:
            ask()
        assert refused.value.code == "calendar-missing"


@pytest.mark.usefixtures("_imported")
def test_the_files_may_close_offices_of_a_province_or_an_agency_alone(files):
    add_holiday(files, province=TEHRAN)
    directory.import_directory(files, at=AT + DAY)

    assert calendar().is_working(MONDAY)
    assert not calendar(TEHRAN).is_working(MONDAY)


@pytest.mark.usefixtures("_imported")
def test_an_agency_may_rest_on_other_days_of_the_week_than_its_province(files):
    (files / "weekly_rest.csv").write_text(
        "province_code,agency_id,weekdays,valid_from,certainty,source,note\n"
        ",,4,2021-03-21,A,test,\n23,,3 4,2021-03-21,B,test,\n,post,4 5,2021-03-21,D,test,\n",
        "utf-8",
    )

    directory.import_directory(files, at=AT + DAY)

    assert calendar(TEHRAN, agency_id="post").weekend == frozenset({FRIDAY, SATURDAY})
    assert calendar(TEHRAN, agency_id="nocr").weekend == frozenset({THURSDAY, FRIDAY})
    assert calendar().weekend == frozenset({FRIDAY})


@pytest.mark.usefixtures("_imported")
def test_a_decree_closes_a_day_everywhere_and_names_a_new_calendar():
    before = calendar()

    version = decree()

    assert calendar().version == version != before.version
    assert [calendar(place).is_working(MONDAY) for place in (None, TEHRAN, "00")] == [False] * 3
    assert calendar(version=before.version).is_working(MONDAY)
    assert directory.changed_days(before, calendar()) == (directory.ChangedDay(MONDAY, is_closed=True),)


@pytest.mark.usefixtures("_imported")
def test_a_decree_for_a_province_or_an_agency_closes_nothing_else():
    decree(province=TEHRAN)
    decree(on=MONDAY + DAY, agency="post")

    assert not calendar(TEHRAN).is_working(MONDAY)
    assert calendar("00").is_working(MONDAY)
    assert not calendar(agency_id="post").is_working(MONDAY + DAY)
    assert calendar(TEHRAN, agency_id="nocr").is_working(MONDAY + DAY)


@pytest.mark.usefixtures("_imported")
def test_a_decree_given_twice_is_recorded_once():
    first = decree()

    assert decree(at=AT + DAY) == first
    assert Leaf.objects.filter(event="directory.closing.decreed").count() == 1


@pytest.mark.usefixtures("_imported")
def test_a_later_import_keeps_what_was_decreed(files):
    decree()
    path = files / "holidays.csv"
    path.write_text(path.read_text("utf-8") + "1405-09-04,2026-11-25,جشن,Feast,0,,,test\n", "utf-8")

    again = directory.import_directory(DATA, at=AT + DAY)
    directory.import_directory(files, at=AT + DAY)

    assert all(change.is_empty for change in again)
    assert not calendar().is_working(MONDAY)
    assert not calendar().is_working(dt.date(2026, 11, 25))


@pytest.mark.usefixtures("_imported")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"on": dt.date(2040, 1, 1)}, "closing-outside-calendar"),
        ({"province": "99"}, "province-unknown"),
        ({"agency": "nobody"}, "agency-unknown"),
    ],
)
def test_a_decree_about_what_nobody_knows_is_refused(given, code):
    before = directory.calendar_version()

    with pytest.raises((directory.ClosingOutsideCalendar, NotFound)) as refused:
        decree(**given)

    assert refused.value.code == code
    assert directory.calendar_version() == before


@pytest.mark.usefixtures("_imported")
def test_nobody_but_the_platform_closes_a_day():
    with pytest.raises(NotFound):
        decree(actor=Actor.anonymous("curious"))


@pytest.mark.usefixtures("_imported")
def test_the_database_keeps_decrees_and_adoptions():
    decree()

    for statement in ("UPDATE directory_decree SET name_en = 'x'", "DELETE FROM directory_calendaradoption"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.usefixtures("_imported")
def test_the_command_closes_a_day_and_says_by_which_calendar(capsys):
    words = {"name_fa": SMOKE["fa"], "name_en": SMOKE["en"], "decided_by": "Decree 1"}

    call_command("decree_closing", "2026-11-23", province=TEHRAN, **words)

    assert directory.calendar_version() in capsys.readouterr().out
    assert not calendar(TEHRAN).is_working(MONDAY)
    with pytest.raises(CommandError, match="province-unknown"):
        call_command("decree_closing", "2026-11-23", province="99", **words)
