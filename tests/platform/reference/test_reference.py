"""The pages made from the code: they are what would be made now, and they tell what the code does."""

import re
from xml.etree import ElementTree as ET

import pytest

from devtool import paths
from devtool.reference import (
    addresses,
    database,
    drawing,
    events,
    gaps,
    jobs,
    journey,
    pages,
    programs,
    refusals,
    rooms,
    settings,
)

SVG = "{http://www.w3.org/2000/svg}"


# Pages are made within tests, not while tests are collected: each worker of a run would make them all.
def test_every_page_is_what_the_code_says() -> None:
    outdated = [pages.SENTENCE.format(name=name) for name, text in pages.stale().items() if text is not None]
    if outdated:
        pytest.fail("\n".join(outdated), pytrace=False)


def test_no_page_outlives_what_it_told_of() -> None:
    assert [name for name, text in pages.stale().items() if text is None] == []


def test_a_page_changed_by_hand_and_a_forgotten_one_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pages.made()
    monkeypatch.setattr(
        pages, "made", lambda: {**made, "docs/reference/settings.md": "older", "docs/reference/new.md": "x"}
    )

    assert {"docs/reference/settings.md", "docs/reference/new.md"} <= set(pages.stale())


def test_every_setting_of_the_platform_is_listed_with_its_default() -> None:
    from panjereh.config.environment import Environment

    listed = {each.name: each.default for each in settings.all_settings() if each.program == "panjereh"}

    fields = Environment.__dataclass_fields__
    assert listed == {f"PANJEREH_{name.upper()}": each.metadata["default"] for name, each in fields.items()}


def test_every_setting_of_a_program_is_one_that_its_reader_asks_for() -> None:
    from panjereh_kernel.environment import EnvironmentFaulty
    from panjereh_land.settings import read_settings

    with pytest.raises(EnvironmentFaulty) as refused:
        read_settings({each.name: "x" for each in settings.all_settings() if each.program == "panjereh_land"})

    named = {fault.partition(":")[0] for fault in refused.value.faults}
    assert named == {each.name for each in settings.all_settings() if each.program == "panjereh_land"}


def test_a_setting_without_a_meaning_stops_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    known = settings.meanings()
    known.pop("PANJEREH_PROFILE")
    monkeypatch.setattr(settings, "meanings", lambda: known)

    with pytest.raises(LookupError, match="PANJEREH_PROFILE"):
        settings.page()


@pytest.mark.parametrize(
    ("path", "secrecy"),
    [
        ("PANJEREH_WRAPPING_KEY_FILE", "the file is secret"),
        ("PANJEREH_NODE_SIGNING_KEY_DIRECTORY", "the files are secret"),
        ("PANJEREH_DATABASE_URL", "may carry a password"),
        ("PANJEREH_NODE_ANCHOR_FILE", "no"),
    ],
)
def test_what_is_secret_is_said_to_be(path: str, secrecy: str) -> None:
    assert next(each for each in settings.all_settings() if each.name == path).secrecy == secrecy


def test_code_and_status_of_a_refusal_are_those_of_the_class_when_it_runs() -> None:
    from importlib import import_module

    from panjereh_kernel.refusal import Refusal

    for carrier in refusals.carriers():
        if carrier.module.program != "panjereh" or carrier.own("code") is None:
            continue
        running = getattr(import_module(carrier.module.path[:-3].replace("/", ".")), carrier.node.name)
        expected = str(int(running.status)) if issubclass(running, Refusal) else ""
        assert (carrier.node.name, refusals.status(carrier)) == (running.__name__, expected)


def test_every_coded_refusal_of_the_running_platform_is_listed() -> None:
    import panjereh.domain.casework.api
    import panjereh.domain.documents.api
    import panjereh.domain.people.api  # noqa: F401 -- the classes below are there once these are imported
    from panjereh_kernel.refusal import Refusal

    page = refusals.page()

    def below(kind: type[Refusal]) -> list[type[Refusal]]:
        return [each for child in kind.__subclasses__() for each in [child, *below(child)]]

    running = [
        each for each in below(Refusal) if "code" in vars(each) and each.__module__.startswith("panjereh")
    ]
    assert [each.code for each in running if f"| `{each.code}` |" not in page] == []


def test_a_refusal_is_shown_with_both_sentences_and_where_it_is_raised() -> None:
    row = next(line for line in refusals.page().splitlines() if line.startswith("| `case-step-impossible`"))

    assert "This cannot be done to the case as it stands now" in row
    assert "این کار در وضع کنونی پرونده شدنی نیست" in row
    assert "panjereh/domain/casework/operations/act.py: move" in row


def test_every_page_of_the_platform_is_listed_under_its_address() -> None:
    from django.urls import get_resolver

    page = addresses.page()

    names = [
        f"{space}:{name}"
        for space, (_, resolver) in _namespaces(get_resolver()).items()
        for name in resolver.reverse_dict
        if isinstance(name, str)
    ]
    assert names
    assert [name for name in names if f"`{name}`" not in page] == []


def _namespaces(resolver: object) -> dict[str, tuple[str, object]]:
    found = {}
    for each in resolver.url_patterns:
        if hasattr(each, "namespace_dict"):
            found |= dict(each.namespace_dict)
    return found


def test_who_may_is_read_off_the_view() -> None:
    rows = {
        row.split("|")[2].strip(): row.split("|")[4].strip() for row in _rows(addresses.page(), "`citizen:")
    }
    rows |= {
        row.split("|")[2].strip(): row.split("|")[4].strip() for row in _rows(addresses.page(), "`public:")
    }

    assert rows["`citizen:case`"] == "the signed-in person, their own alone"
    assert rows["`citizen:account_code`"] == "the browser that began this sign-in"
    assert rows["`public:practice_outbox`"] == "anybody, in the practice profile"
    assert rows["`public:check`"] == "anybody"


def _rows(page: str, holding: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("|") and holding in line]


def test_every_audit_event_that_a_figure_counts_is_written_somewhere() -> None:
    import json

    counted = {
        event
        for path in (paths.ROOT / "data" / "figures").glob("*.json")
        for event in json.loads(path.read_text(encoding="utf-8"))["events"]
    }

    assert counted <= set(events.audit_events())


def test_an_event_with_a_computed_part_shows_the_values_of_its_type() -> None:
    assert "exchange.question.{outcome} (given, absent, denied, failed)" in events.audit_events()


def test_every_subscription_stands_beside_its_event() -> None:
    from panjereh.jobs.subscriptions import SUBSCRIPTIONS

    page = events.page()

    for each in SUBSCRIPTIONS:
        row = next(line for line in page.splitlines() if line.startswith(f"| `{each.event.name}` |"))
        assert f"`{each.name}`" in row


def test_every_job_the_worker_knows_is_listed() -> None:
    from procrastinate.contrib.django import app

    import panjereh.jobs.tasks  # noqa: F401 -- registers the jobs

    ours = [name for name, task in app.tasks.items() if task.func.__module__.startswith("panjereh.")]

    listed = {row.split("|")[1].strip(" `") for row in _rows(jobs.page(), "| `")}
    assert listed == set(ours)


def test_the_rights_shown_are_those_the_migrated_database_gives() -> None:
    from django.db import connection

    roles = {"panjereh_app": "application", "panjereh_read": "reader", "panjereh_trace": "trace"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, r.rolname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a "
            "JOIN pg_roles r ON r.oid = a.grantee WHERE c.relkind = 'r' AND r.rolname = ANY(%s) "
            "AND c.relname NOT LIKE 'procrastinate%%'",
            [list(roles)],
        )
        given = {(table, roles[role], right) for table, role, right in cursor.fetchall()}

    shown = {
        (table, role, right)
        for table, by_role in database.rights().items()
        for role, rights in by_role.items()
        for right in rights
    }
    assert given == shown


def test_the_columns_shown_are_those_of_the_models() -> None:
    from django.apps import apps

    models = {model._meta.db_table: model for model in apps.get_models()}

    for table in database.tables():
        shown = {name for name, _ in table.columns}
        running = {field.name for field in models[table.name]._meta.fields if not field.auto_created}
        assert (table.name, shown) == (table.name, running)


def pictures() -> dict[str, ET.Element]:
    drawn = {name: text for name, text in pages.made().items() if name.endswith(".svg")}
    assert drawn
    return {name: ET.fromstring(text) for name, text in drawn.items()}  # noqa: S314 -- our own drawing


def test_a_picture_has_a_name_a_description_and_no_small_words() -> None:
    for name, root in pictures().items():
        assert root.findtext(f"{SVG}title"), name
        assert root.findtext(f"{SVG}desc"), name
        sizes = [int(px) for px in re.findall(r"(\d+)px", root.findtext(f"{SVG}style", "")) if int(px) != 5]
        assert min(sizes) >= 14, name


def test_every_word_of_a_picture_lies_on_it() -> None:
    letter = 7.4  # a wide estimate of a letter at 14 pixels

    for name, root in pictures().items():
        for words in root.iter(f"{SVG}text"):
            x, width = float(words.attrib["x"]), letter * len(words.text or "")
            left = {"start": x, "middle": x - width / 2, "end": x - width}[words.attrib["text-anchor"]]
            assert left >= 0, (name, words.text)
            assert left + width <= drawing.WIDTH + 10, (name, words.text)


def test_a_program_without_a_place_stops_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    from devtool.programs import UNITS, Unit

    monkeypatch.setattr(programs, "UNITS", (*UNITS, Unit(name="new", command=(), settings="new")))

    with pytest.raises(LookupError, match="new"):
        programs.picture()


def test_the_rooms_are_drawn_with_what_they_import() -> None:
    assert rooms.uses("audit") == []
    assert {"catalogue", "directory", "audit"} <= set(rooms.uses("casework"))


def test_a_step_of_the_journey_that_leads_to_no_module_stops_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = journey.Step("web", "idp", "asks", "panjereh/gone.py")
    monkeypatch.setattr(journey, "STEPS", (gone,))

    with pytest.raises(FileNotFoundError):
        journey.page()


def test_a_gap_is_told_whole_and_with_its_place() -> None:
    told = {(module.path, text) for module, text in gaps.notes()}

    told_there = "no adapter of a real carrier is here yet."
    assert ("panjereh/domain/messaging/gateway.py", told_there) in told
