"""Every template is rendered by a real request, and an English page speaks no Persian."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jinja2
import pytest
from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import translation

from panjereh.domain.casework.models import Case
from panjereh.domain.documents import api as documents
from panjereh.domain.documents.models import Document
from panjereh.plumbing import refusals
from panjereh.plumbing.kit.blocks import components
from panjereh.web.citizen.sign_in import provider
from panjereh.web.public.style import views as style
from tests.platform.access.country import AT, SERVICE, Country, client_of
from tests.platform.access.routes import NOT_RENDERED
from tests.platform.jobs_now import run_waiting_jobs

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "reader", "trace"])]
SOURCE = Path(__file__).resolve().parents[3] / "src" / "panjereh"
# An example of the kit is read as text, to show its call; test_style_page renders each.
EXAMPLES = {f"style/examples/{name}.html" for name in components()}
PHONES = "This is practice."  # text messages go out in the language of their reader, not of this page
PERSIAN = re.compile(r"[\u0600-\u06ff]+")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the set that fills with the name of every template loaded: pages, parts and macros alike."""
    names: set[str] = set()
    load = jinja2.Environment._load_template

    def load_and_note(self: jinja2.Environment, name: str, *rest: Any) -> jinja2.Template:
        names.add(name)
        return load(self, name, *rest)

    monkeypatch.setattr(jinja2.Environment, "_load_template", load_and_note)
    # What a part imports is loaded only once in a process, perhaps by an earlier test.
    engines["jinja2"].env.forget_templates()
    return names


@pytest.fixture(autouse=True)
def idp(monkeypatch: pytest.MonkeyPatch) -> None:
    """The identity provider is away for the portal and knows no login challenge."""
    monkeypatch.setattr(provider, "call_as_account_plane", lambda *_args, **_more: httpx.Response(404))


def every_page(country: Country, language: str) -> Iterator[str]:
    """Yield the text of every page there is, each asked for as its reader would."""
    mina, nobody = client_of(country.mina), Client(raise_request_exception=False)
    with translation.override(language):
        yield from public_pages(nobody)
        yield from pages_of_a_person(country, mina)
        yield from pages_of_a_case(country, mina)
        yield from pages_of_a_sign_in(country, mina)
    yield from pages_that_refuse(mina, language)


def public_pages(nobody: Client) -> Iterator[str]:
    for name, *arguments in (
        ("public:home",),
        ("public:services",),
        ("public:service", SERVICE),
        ("public:check",),
        ("public:law", "courts"),
        ("public:agencies",),
        ("public:reference_data",),
        ("public:agency", "post"),
        ("public:instrument", "postal-code-act-1376"),
        ("public:practice_outbox",),
        ("public:about",),
        ("api_reference",),
        ("public:accessibility",),
        ("public:privacy",),
        ("public:standards",),
        ("public:style",),
        *(("public:style_subject", each) for each in style.subjects()),
        ("oversight:figure", "cases-by-state-and-day"),
        ("oversight:figure_events", "cases-by-state-and-day"),
        ("citizen:sign_in",),  # no identity provider answers: the page that says so
    ):
        yield nobody.get(reverse(name, args=arguments)).text
    yield nobody.get(reverse("public:services"), {"q": "postal code"}).text
    yield nobody.get(reverse("public:services"), {"q": "zzzz"}).text


def pages_of_a_person(country: Country, mina: Client) -> Iterator[str]:
    for name in (
        "citizen:cases",
        "citizen:inbox",
        "citizen:documents",
        "citizen:accesses",
        "citizen:programs",
    ):
        yield mina.get(reverse(name)).text
    yield mina.get(reverse("citizen:take_back", args=[country.mina.consent_id])).text
    yield mina.get(reverse("citizen:receipt", args=[country.mina.receipt_ids[0]])).text
    yield mina.get(reverse("citizen:message", args=[country.mina.message_ids[0]])).text
    yield mina.get(reverse("citizen:document", args=[country.mina.document_id])).text
    report = reverse("citizen:not_accepted", args=[country.mina.document_id])
    yield mina.get(report).text
    yield mina.post(report, {"agency": "post"}).text
    yield mina.get(reverse("citizen:not_accepted_reports", args=[country.mina.document_id])).text
    number, code = country.mina.serial, "WRONG"
    yield mina.post(reverse("public:check"), {"serial": number, "code": code}).text
    yield receipt_page(country, mina)
    Document.objects.filter(id=country.mina.document_id).update(
        state="revoked", revoked_at=AT, revocation_reason="replaced"
    )
    yield mina.get(reverse("citizen:documents")).text


def receipt_page(country: Country, mina: Client) -> str:
    statement = documents.Statement("r", documents.instant(AT), documents.Way.FILE, "foreign", "00" * 32)
    voucher = documents.write_voucher(statement)
    place = mina.post(reverse("public:check_request_receipt"), {"statement": voucher}).headers["Location"]
    return mina.get(place).text


def pages_of_a_case(country: Country, mina: Client) -> Iterator[str]:
    case_id = country.mina.cases["draft"]
    form = reverse("citizen:question", args=[case_id, "which-address"])
    yield mina.get(form).text
    yield mina.post(form, {}).text
    mina.post(form, {"source": "register"})
    case = reverse("citizen:case", args=[case_id])
    yield mina.get(case).text  # gathering
    run_waiting_jobs()
    yield mina.get(case).text  # the review
    yield mina.get(reverse("citizen:wrong_fact", args=[case_id, "person"])).text
    yield mina.get(reverse("citizen:withdraw", args=[case_id])).text
    for paper in ("case_answers", "case_receipt"):
        yield mina.get(reverse(f"citizen:{paper}", args=[country.mina.cases["issued"]])).text
    for state in ("issued", "refused"):
        yield mina.get(reverse("citizen:case", args=[country.mina.cases[state]])).text
    Case.objects.filter(id=case_id).update(
        state="submitted", submitted_at=AT, due_on=AT.date(), calendar_version="1405"
    )
    yield mina.get(case).text


def pages_of_a_sign_in(country: Country, mina: Client) -> Iterator[str]:
    def at(page: str) -> str:
        return reverse(f"citizen:account_{page}", args=[country.mina.challenge_id])

    yield mina.get(at("number")).text
    mina.post(at("number"), {"national_number": "9990000018"})
    yield mina.get(at("code")).text
    yield mina.post(at("code"), {"code": "x"}).text
    yield mina.get(at("birth_date")).text
    mina.post(at("birth_date"), {"day": "21", "month": "2", "year": "1369"})
    yield mina.get(at("mobile")).text
    mina.post(at("mobile"), {"mobile": "09800000001"})
    yield mina.get(at("waiting")).text
    yield mina.get(reverse("citizen:account_sign_in"), {"login_challenge": "gone"}).text


def pages_that_refuse(mina: Client, language: str) -> Iterator[str]:
    prefix = "" if language == "fa" else f"/{language}"
    yield mina.get(f"{prefix}/no-such-page/").text
    session = mina.session
    session["id_token"] = "a.b.c"
    session.save()
    yield mina.post(f"{prefix}/sign-out").text
    request = mina.get(f"{prefix}/").wsgi_request
    with translation.override(language):
        yield refusals.server_error(request).content.decode()
        yield convert_exception_to_response(database_away)(request).content.decode()


def database_away(_request: HttpRequest) -> HttpResponse:
    raise OperationalError


def test_every_template_is_rendered_by_some_page(country: Country, rendered: set[str]):
    assert all("</html>" in page for page in every_page(country, "fa"))

    files = {
        str(path.relative_to(folder))
        for folder in SOURCE.rglob("templates")
        for path in folder.rglob("*.html")
    }
    assert files - rendered == {*NOT_RENDERED, *EXAMPLES}


@pytest.mark.parametrize("folder", sorted(SOURCE.rglob("templates")), ids=str)
def test_every_folder_of_templates_is_known_to_the_loader(folder: Path):
    assert folder in settings.TEMPLATES[0]["DIRS"]


def test_an_english_page_shows_no_persian_but_names_and_what_a_person_wrote(country: Country):
    names = "مینا|نمونه|پور|بهرام|تهران|کوی|آزمون،|کوچه|دوم،|شماره"
    found = {
        word
        for page in every_page(country, "en")
        if PHONES not in page
        for word in PERSIAN.findall(visible(page))
        if not re.fullmatch(f"({names}|[۰-۹]+)", word)
    }

    assert found == set()


def visible(page: str) -> str:
    """Return a page without what it says in Persian on purpose: marked as such, or typed by somebody."""
    return re.sub(r'<(\w+)[^>]*lang="fa".*?</\1>|value="[^"]*"', "", page, flags=re.DOTALL)
