import pytest

from panjereh.domain.catalogue import api as catalogue

SERVICE = "place.address-certificate"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "trace"]),
    pytest.mark.usefixtures("installed"),
]


@pytest.mark.parametrize(
    "query",
    [
        "گواهی نشانی",
        "گواهي نشاني",
        "گواهی‌نشانی",
        "گواهینشانی",
        "گوهی نشانی",
        "گواهی نشانب",
        "نشانی",
        "تایید ادرس",
        "کدپستی",
        "کد‌پستی",
        "گواهی‌های نشانی",
        "محل زندگی من کجاست",
        "address certificate",
        "Proof of ADDRESS",
        "adress certificat",
    ],
)
def test_the_service_is_found_however_it_is_written(query):
    assert [card.id for card in catalogue.search(query, limit=10)] == [SERVICE]


@pytest.mark.parametrize(
    "query", ["", "   ", "؟!", "\u200c", "پروانه ماهیگیری", "zebra", "' | 'x", "a" * 5000]
)
def test_what_fits_nothing_finds_nothing(query):
    assert catalogue.search(query, limit=10) == []


@pytest.mark.parametrize("query", ["نشانی'); DROP TABLE x; --", "نشانی & | ! <-> :*", "نشانی \\' %s %(a)s"])
def test_signs_of_query_languages_are_only_noise(query):
    assert [card.id for card in catalogue.search(query, limit=10)] == [SERVICE]


def test_a_search_gives_no_more_than_was_asked_for():
    assert catalogue.search("نشانی", limit=0) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("آدرس", ("نشانی",)),
        ("تأییدیه", ("گواهی",)),
        ("موبايل", ("تلفن همراه",)),
        ("تلفن همراه", ("موبایل",)),
        ("جواز منزل", ("پروانه", "مجوز", "خانه", "مسکن")),
        ("zebra", ()),
        ("", ()),
    ],
)
def test_a_search_says_which_words_it_looks_for_too(query, words):
    assert catalogue.added_words(query) == words


def test_a_word_that_means_the_same_finds_the_service_and_an_exact_search_does_not():
    assert [card.id for card in catalogue.search("residence proof", limit=9)] == [SERVICE]
    assert catalogue.search("سجل اقامت", limit=9) != []
    assert catalogue.search_exactly("سجل اقامت", limit=9) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("گواهي نشاني", [SERVICE]),
        ("گواهی‌های نشانی", [SERVICE]),
        ("گواهی ماهیگیری", []),
        ("گوهی نشانی", []),
        ("؟!", []),
        ("' | 'x", []),
    ],
)
def test_an_exact_search_wants_every_word_and_forgives_only_its_form(query, found):
    assert [card.id for card in catalogue.search_exactly(query, limit=9)] == found
