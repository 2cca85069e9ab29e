"""The pages everybody can read: what they promise, what they keep apart, and that they know nobody."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import translation

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory

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
def _published():
    directory.import_directory(ROOT / "data/iran", at=AT)
    catalogue.install_packs(ROOT / "packs", at=AT)


@pytest.fixture
def read(client):
    """Return a function that reads a page as a person would: words, without tags."""

    def words(address, status=200):
        with translation.override(None):
            response = client.get(address)
        assert response.status_code == status
        main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
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
    [("گواهي نشاني", "یک خدمت برای «گواهي نشاني»"), ("zebra", "خدمتی برای «zebra» نیافتیم")],
)
def test_a_search_says_what_it_found(read, query, words):
    assert words in read(f"/services/?q={query}")


def test_a_query_is_shown_as_text_and_never_as_markup(client):
    page = client.get("/services/", {"q": '"><script>alert(1)</script>%(count)s'}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_pages_only_read(client):
    assert client.post("/").status_code == client.post(PAGE).status_code == 405
