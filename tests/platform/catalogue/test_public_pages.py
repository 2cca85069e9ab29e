"""The pages everybody can read: what they promise, what they keep apart, and that they know nobody."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import translation

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.figures.models import Cursor, DailyCount
from panjereh.plumbing import edge
from panjereh_kernel.jalali import tehran_date
from tests.platform.catalogue.shelf import one_pack
from tests.platform.known import make_known

ROOT = Path(__file__).resolve().parents[3]
AT = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
SERVICE = "place.address-certificate"
PAGE = f"/services/{SERVICE}/"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "trace"]),
    pytest.mark.usefixtures("_published"),
]


@pytest.fixture
def _published(tmp_path):
    make_known(at=AT, packs=one_pack(tmp_path))


@pytest.fixture
def read(client):
    """Return a function that reads a page as a person would: words, without tags."""

    def words(address, status=200):
        with translation.override(None):
            response = client.get(address)
        assert response.status_code == status
        main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
        main = re.sub(r"</?bdi[^>]*>", "", main)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))

    return words


@pytest.mark.parametrize("address", ["/", "/services/", PAGE, "/services/?q=نشانی", "/services/?q=zebra"])
def test_every_page_is_there_in_both_languages_and_fully_translated(read, address):
    persian, english = read(address), read(f"/en{address}")

    letters = re.sub(r"zebra|place\.address-certificate", "", persian)
    assert not re.search(r"[A-Za-z]{3}", letters)
    assert re.search(r"[A-Za-z]{3}", english)
    assert not re.search(r"[۰-۹]", english)


def test_the_service_page_says_conditions_fee_time_sources_law_and_remedies(read):
    page = read(PAGE)

    for words in (
        "رایگان",
        "یک روز کاری",
        "بدون مراجعه",
        "معتبر تا ۳ ماه",
        "شرکت ملی پست جمهوری اسلامی ایران",
        "سازمان ثبت احوال کشور",
        "کد پستی در پایگاه نشانی پست هست و مسکونی است.",
        "درخواست تخصیص کد پستی بدهید",
        "سامانه ملی املاک و اسکان",
        "دیوان عدالت اداری",
        "ماده ۱",
        "تبصره ۸",
    ):
        assert words in page


def test_what_is_assumed_is_never_shown_as_law(read):
    law, assumed = read(PAGE).split("مبنای قانونی")[1].split("فرض‌های این نصب تمرینی")

    assert "قانون الزام اختصاص شماره ملی و کد پستی" in law
    assert "منابع دست دوم" in law
    assert "قانون مدیریت داده‌ها" not in law
    assert "قانون مدیریت داده‌ها" in assumed


def test_a_promise_is_not_called_a_legal_limit(read):
    page = read(PAGE)

    assert "زمان وعده‌داده‌شده پاسخ" in page
    assert "مهلت قانونی پاسخ" not in page


def test_the_start_button_posts_to_the_persons_own_case(client):
    page = client.get(PAGE).content.decode()

    form = re.search(
        r'<form method="post" action="([^"]+)">(.*?)</form>', page[page.index("<main") :], re.DOTALL
    )
    assert form[1] == f"/cases/start/{SERVICE}/"
    assert "csrfmiddlewaretoken" in form[2]


def test_an_unknown_service_is_not_found(client):
    assert client.get("/services/place.nothing/").status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("گواهي نشاني", "یک خدمت برای «گواهي نشاني»"),
        ("zebra", "خدمتی برای «zebra» نیافتیم"),
        ("آدرس", "این واژه‌ها را هم جست‌وجو کردیم: نشانی ."),
    ],
)
def test_a_search_says_what_it_found(read, query, words):
    assert words in read(f"/services/?q={query}")


def test_a_query_is_shown_as_text_and_never_as_markup(client):
    page = client.get("/services/", {"q": '"><script>alert(1)</script>%(count)s'}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_pages_only_read(client):
    assert client.post("/").status_code == client.post(PAGE).status_code == 405


def test_marks_that_nobody_sees_are_no_question(read):
    assert read("/services/?q=\N{ZERO WIDTH NON-JOINER}\N{RIGHT-TO-LEFT OVERRIDE}") == read("/services/")


def test_a_question_that_turns_the_direction_turns_nothing_around_it(client):
    page = client.get("/services/", {"q": "\N{RIGHT-TO-LEFT OVERRIDE}xyz"}).content.decode()

    assert "<bdi>\N{RIGHT-TO-LEFT OVERRIDE}xyz</bdi>" in page


def test_a_search_can_be_narrowed_to_ones_own_words(read):
    assert "یک خدمت" in read("/services/?q=تأییدیه اقامت")
    exact = read("/services/?q=تأییدیه اقامت&exact=1")
    assert "خدمتی برای «تأییدیه اقامت» نیافتیم" in exact
    assert "فقط واژه‌های خودتان جست‌وجو شد." in exact


def card(number: int, *, title: str = "خدمت", owner: str = "post") -> catalogue.ServiceCard:
    texts = {"fa": title, "en": f"Service {number}"}
    return catalogue.ServiceCard(
        id=f"place.service-{number}",
        version=1,
        owner=owner,
        title=texts,
        summary=texts,
        fee_rial=1_200_000,
        visits=number % 2,
        promise=None,
    )


def test_no_more_than_a_hundred_results_are_counted(read, monkeypatch):
    cards = [card(number) for number in range(130)]
    monkeypatch.setattr(catalogue, "search", lambda _query, limit: cards[:limit])

    first, last = read("/en/services/?q=x"), read("/en/services/?q=x&page=5")

    assert "More than 100 services for “x”" in first
    assert "page 1 of 5" in first
    assert "Service 19 " in first
    assert "Service 20 " not in first
    assert "Service 99 " in last
    assert "Service 100 " not in last


@pytest.mark.parametrize("page", ["0", "6", "x", "-1", "۲", "99999999999"])
def test_a_page_that_is_none_is_not_found(client, monkeypatch, page):
    monkeypatch.setattr(
        catalogue, "search", lambda _query, limit: [card(number) for number in range(min(limit, 100))]
    )

    assert client.get("/services/", {"q": "x", "page": page}).status_code == 404


def test_the_list_is_in_alphabetical_order_under_its_letters_with_identifiers(read, monkeypatch):
    titles = ["گواهی", "پروانه", "بیمه"]
    cards = [card(number, title=title) for number, title in enumerate(titles)]
    monkeypatch.setattr(catalogue, "published_services", lambda: cards)

    page = read("/services/")

    places = [page.index(f" {letter} {title} ") for letter, title in zip("بپگ", titles[::-1], strict=True)]
    assert places == sorted(places)
    assert "شناسه خدمت place.service-2" in page
    assert "یک مراجعه" in page
    assert "۳ خدمت، به ترتیب الفبا." in page


def test_the_list_is_narrowed_to_an_agency_only_when_there_are_several(client, monkeypatch):
    cards = [card(1), card(2, owner="nocr")]
    assert 'name="agency"' not in client.get("/services/").content.decode()

    monkeypatch.setattr(catalogue, "published_services", lambda: cards)
    page = client.get("/services/", {"agency": "nocr"}).content.decode()

    assert "place.service-2" in page
    assert "place.service-1" not in page
    assert client.get("/services/", {"agency": "nobody"}).status_code == 404


def test_the_page_says_on_which_law_each_register_is_asked(read):
    table = read(PAGE).split("آنچه خودمان می‌گیریم")[1].split("گام‌ها")[0]

    assert "نشانی متناظر با کد پستی" in table
    assert "قانون الزام اختصاص شماره ملی و کد پستی" in table
    assert "فرض این نصب تمرینی" in table


def test_what_happened_in_practice_is_not_claimed_before_it_is_counted(read):
    assert "not counted yet" in read(f"/en{PAGE}")


def test_what_happened_in_practice_is_counted_from_the_record(read):
    today = tehran_date(edge.now())
    Cursor.objects.create(figure="cases-by-state-and-day", log_index=4, read_at=AT)
    for state, service, count in (("submitted", SERVICE, 3), ("issued", SERVICE, 2), ("submitted", "x", 9)):
        DailyCount.objects.create(
            figure="cases-by-state-and-day", service=service, state=state, on=today, count=count
        )

    page = read(f"/en{PAGE}")

    assert "3 requests submitted documents issued: 2; refused: 0 in the last thirty days" in page


def test_programs_read_the_same_as_people_and_nothing_assumed(client):
    answer = client.get(f"{PAGE}service.jsonld")

    document = answer.json()
    assert answer.headers["Content-Type"] == "application/ld+json"
    assert document["@type"] == "GovernmentService"
    assert document["identifier"] == SERVICE
    assert document["url"] == f"http://testserver{PAGE}"
    assert {"@value": "گواهی نشانی", "@language": "fa"} in document["name"]
    assert document["offers"]["price"] == 0
    laws = [law["name"][0]["@value"] for law in document["isBasedOn"]]
    assert any("کد پستی" in law for law in laws)
    assert not any("مدیریت داده‌ها" in law for law in laws)


def test_an_unknown_service_tells_programs_nothing(client):
    assert client.get("/services/place.nothing/service.jsonld").status_code == 404
