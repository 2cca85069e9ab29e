"""Pages of figures: numbers, their definition and date, and the events behind them."""

import base64
import csv
import dataclasses
import datetime as dt
import re
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import Client

from panjereh.domain.figures import api as figures
from panjereh.plumbing import edge
from panjereh_kernel.jalali import format_date, tehran_date
from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.proofs import verify_inclusion
from tests.platform.audit.conftest import SIGNER, Record, owner, record  # noqa: F401 -- fixtures
from tests.platform.figures.test_figures import CASES, SERVICE, roll_up_all, write_case

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace"])
PAGE = "/figures/cases-by-state-and-day/"


@pytest.fixture
def counted() -> dt.date:
    now = edge.now()
    for state in ("submitted", "submitted", "granted"):
        write_case(state, at=now)
    roll_up_all()
    return tehran_date(now)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def numbers_of(page: str) -> list[str]:
    return re.findall(r'class="n"[^>]*>(?:<a [^>]*>)?([۰-۹0-9]+)', page)


def test_a_figure_shows_its_numbers_in_a_table_with_persian_digits_and_solar_days(
    client: Client, counted: dt.date
) -> None:
    page = text_of(client, PAGE)

    assert numbers_of(page) == ["۰", "۲", "۱", "۰", "۰"]
    assert format_date(counted) in page


def test_a_figure_is_shown_in_english_too(client: Client, counted: dt.date) -> None:
    page = text_of(client, f"/en{PAGE}")

    assert numbers_of(page) == ["0", "2", "1", "0", "0"]
    assert counted.isoformat() in page
    assert "How many times a case reached a state" in page


@pytest.mark.usefixtures("counted")
def test_a_figure_states_definition_date_and_sample(client: Client) -> None:
    page = text_of(client, f"/en{PAGE}")

    for stated in (
        "A day is a calendar day in Tehran",
        "3 times",
        "up to event number 2",
        "without sampling",
    ):
        assert stated in page


def test_every_number_leads_to_its_events(client: Client, counted: dt.date) -> None:
    page = text_of(client, PAGE)

    (address,) = re.findall(r'href="([^"]*on=[^"]*state=submitted[^"]*)"', page)
    listed = text_of(client, address.replace("&amp;", "&"))
    assert listed.count("/figures/events/") == 2
    assert format_date(counted) in listed


@pytest.mark.usefixtures("counted")
def test_the_chart_tells_the_same_numbers_and_has_a_text(client: Client) -> None:
    page = text_of(client, f"/en{PAGE}")

    wide, narrow = page.split('<svg class="chart"')[1:]
    assert wide.count("<rect ") == narrow.count("<rect ") == 1
    assert "the highest day has 2" in page
    assert 'role="img"' in page


def test_a_figure_without_events_says_so(client: Client) -> None:
    page = text_of(client, f"/en{PAGE}")

    assert "No event was counted on these days." in page
    assert "nothing has been counted yet" in page


@pytest.mark.usefixtures("counted")
def test_the_list_of_events_names_no_case_and_no_person(client: Client) -> None:
    page = text_of(client, f"{PAGE}events/")

    assert "a-case" not in page
    assert page.count("/figures/events/") == 3


def test_events_are_paged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from panjereh.web.oversight.figures import views

    monkeypatch.setattr(views, "PAGE", 2)
    for _ in range(3):
        write_case("submitted")
    roll_up_all()

    first = text_of(client, f"{PAGE}events/?state=submitted")
    (address,) = re.findall(r'href="(\?[^"]*after=1)"', first)
    second = text_of(client, f"{PAGE}events/{address.replace('&amp;', '&')}")

    assert (first.count("/figures/events/"), second.count("/figures/events/")) == (2, 1)


def test_a_state_outside_the_definition_is_shown_by_its_code(client: Client) -> None:
    write_case("started", at=edge.now())
    roll_up_all()

    page = text_of(client, f"/en{PAGE}")

    assert numbers_of(page) == ["0", "0", "0", "0", "0", "1"]


@pytest.mark.parametrize(
    "path",
    [
        "/figures/no-such-figure/",
        "/figures/no-such-figure/events/",
        f"{PAGE}events/?on=yesterday",
        f"{PAGE}events/?on=0001-01-01",
        f"{PAGE}events/?after=x",
        f"{PAGE}events/?service=%00",
    ],
)
def test_a_wrong_address_leads_nowhere(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_place_beyond_every_event_lists_nothing(client: Client) -> None:
    assert "There is no such event." in text_of(client, f"/en{PAGE}events/?after={10**30}")


@pytest.fixture
def published(record: Record, settings: Any) -> Record:  # noqa: F811 -- the fixture
    settings.PANJEREH = dataclasses.replace(
        settings.PANJEREH, audit_log_directory=record.log, audit_checkpoint_directory=record.checkpoints
    )
    for _ in range(3):
        write_case("submitted")
    record.catch_up()
    return record


@pytest.mark.usefixtures("published")
def test_anyone_gets_a_proof_they_can_check_themselves(client: Client) -> None:
    proof = client.get("/figures/proofs/1/").json()

    checkpoint = open_checkpoint(proof["checkpoint"], origin=SIGNER.name, verifiers=[SIGNER.verifier()])
    verify_inclusion(
        base64.b64decode(proof["leaf_hash"]),
        index=proof["index"],
        size=proof["size"],
        proof=[base64.b64decode(sibling) for sibling in proof["path"]],
        root=checkpoint.root,
    )


@pytest.fixture
def counted_and_published(published: Record) -> Record:
    roll_up_all()
    return published


@pytest.mark.usefixtures("counted_and_published")
def test_a_counted_event_is_followed_down_to_the_log(client: Client) -> None:
    page = text_of(client, "/en/figures/events/1/")

    assert "This event is in the record and was not changed" in page
    assert "It is under the signed checkpoint of 3 events." in page
    assert page.count("Passed") == 2
    assert str(SIGNER.verifier()).split("+")[0] in page
    assert "/en/figures/proofs/1/" in page


def test_an_event_that_was_changed_in_the_database_is_told(
    client: Client,
    counted_and_published: Record,
    owner: psycopg.Connection[Any],  # noqa: F811 -- the fixture
) -> None:
    owner.execute("UPDATE audit_leaf SET event = 'casework.case.refused'")

    page = text_of(client, "/en/figures/events/1/")

    assert "This event does not fit the record" in page
    assert (page.count("Passed"), page.count("Failed")) == (1, 1)


def test_an_event_under_a_key_that_is_not_the_records_is_told(
    client: Client, counted_and_published: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    from panjereh.domain.audit import api as audit
    from panjereh.web.oversight.figures import views

    true = audit.inclusion_proof(
        1, log_directory=counted_and_published.log, checkpoint_directory=counted_and_published.checkpoints
    )
    forged = dataclasses.replace(true, path=[bytes(32), *true.path[1:]])
    monkeypatch.setattr(views.audit, "inclusion_proof", lambda *_, **__: forged)

    assert "This event does not fit the record" in text_of(client, "/en/figures/events/1/")


@pytest.mark.usefixtures("published")
def test_an_event_that_no_figure_counts_has_no_page(client: Client) -> None:
    assert client.get("/figures/events/99/").status_code == 404


@pytest.mark.usefixtures("counted")
def test_the_list_can_be_taken_as_a_file(client: Client) -> None:
    answer = client.get(f"{PAGE}events.csv?state=submitted")

    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert [row["number"] for row in rows] == ["0", "1"]
    assert {row["state"] for row in rows} == {"submitted"}
    assert rows[0]["proof"] == "http://testserver/figures/proofs/0/"
    assert "Link" not in answer.headers


@pytest.mark.usefixtures("counted")
def test_a_file_is_bounded_and_says_where_the_rest_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from panjereh.web.oversight.figures import views

    monkeypatch.setattr(views, "FILE_ROWS", 1)

    first = client.get(f"{PAGE}events.csv?state=submitted")
    [rest] = re.findall(r"<([^>]+)>; rel=\"next\"", first.headers["Link"])
    second = client.get(rest)

    assert [len(answer.content.splitlines()) for answer in (first, second)] == [2, 2]
    assert "Link" not in second.headers


@pytest.mark.usefixtures("counted")
def test_a_young_definition_has_no_earlier_period(client: Client) -> None:
    page = text_of(client, f"/en{PAGE}")

    assert "no earlier period to compare with" in page


@pytest.mark.parametrize(
    ("earlier", "words"),
    [(5, "3 fewer than"), (2, "as in the thirty days before"), (0, "2 more than")],
)
def test_a_trend_compares_with_as_many_days_before(
    client: Client, monkeypatch: pytest.MonkeyPatch, earlier: int, words: str
) -> None:
    old = dataclasses.replace(CASES, since=dt.date(2020, 1, 1))
    monkeypatch.setattr(figures, "find_definition", lambda *_: old)
    for at, count in ((edge.now() - dt.timedelta(days=40), earlier), (edge.now(), 2)):
        for _ in range(count):
            write_case("submitted", at=at)
    roll_up_all()

    assert words in text_of(client, f"/en{PAGE}")


def test_no_sample_is_not_called_nought(client: Client) -> None:
    page = text_of(client, f"/en{PAGE}")

    assert "no sample yet" in page
    assert 'class="v">0' not in page


@pytest.mark.usefixtures("published")
def test_a_proof_that_is_not_published_yet_is_told_apart(client: Client) -> None:
    answer = client.get("/figures/proofs/3/", headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (409, "audit-leaf-not-yet-published")


def test_the_service_has_its_title(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from panjereh.web.oversight.figures import shown

    monkeypatch.setattr(shown, "service_titles", lambda: {SERVICE: "Certificate of address"})
    write_case("submitted", at=edge.now())
    roll_up_all()

    assert '<h2 id="service-1">Certificate of address</h2>' in text_of(client, f"/en{PAGE}")


def test_the_figures_have_their_words_in_persian() -> None:
    catalogue = (
        Path(__file__).resolve().parents[3]
        / "src/panjereh/web/oversight/figures/locale/fa/LC_MESSAGES/django.po"
    )

    assert 'msgstr ""\n\n' not in catalogue.read_text(encoding="utf-8").split("\n\n", 1)[1]
