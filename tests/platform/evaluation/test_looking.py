"""A program looks at portals as a polite stranger: evidence for the assessors, never an answer."""

import datetime as dt
import json
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from panjereh.domain.evaluation import api as evaluation
from panjereh.domain.evaluation import crawler as crawling
from panjereh.domain.evaluation.models import Answer, MachineFinding
from panjereh.domain.evaluation.rules.page_checks import SiteSeen, check_site
from panjereh.domain.evaluation.rules.web_pages import PageFacts, read_page
from panjereh.jobs import evaluation as jobs
from panjereh_kernel.refusal import NotFound
from tests.platform.evaluation.site import Page, Site, running
from tests.platform.evaluation.test_assessments import Team, open_for, team
from tests.platform.indices.published import DATA, rows_of
from tests.platform.jobs_now import run_waiting_jobs
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import AT

__all__ = ["team"]
CHECKS = evaluation.parse_checks((DATA.parent / "assessments/page_checks.json").read_bytes())
AGENT = "Panjereh-assessment/1 (+https://window.example)"
GOOD = """<!doctype html><html lang="fa" dir="rtl"><head>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
<form role="search"><input name="x"></form>
<a href="/en" hreflang="en">English</a> <a href="/map">نقشهٔ سایت</a>
<a href="/privacy">حریم خصوصی</a> <a href="/faq"><img src="q.png" alt="پرسش‌های متداول"></a>
<a href="tel:+9821000">۲۱</a> <a href="https://www.aparat.com/x">ما</a>
<a href="/find">جستجوی پیشرفته</a></body></html>"""
BARE = "<html><body><img src='a.png'><a href='/x'>Home</a></body></html>"
SITE_MAP = '<?xml version="1.0"?><urlset></urlset>'


@pytest.fixture
def site() -> Iterator[Site]:
    with running(Site()) as running_site:
        yield running_site


def crawler(**more: Any) -> evaluation.Crawler:
    told: dict[str, Any] = {"clock": time.monotonic, "wait": time.sleep, "seconds_between": 0.0}
    return evaluation.Crawler(agent=AGENT, **told | {"allows_loopback": True} | more)


def seen(question_set: str, site: SiteSeen) -> dict[str, tuple[str, str]]:
    return {
        code: (each.found.value, each.seen) for code, each in check_site(question_set, site, CHECKS).items()
    }


def test_a_portal_shows_what_it_has(site: Site):
    site.pages |= {"/": Page(GOOD), "/sitemap.xml": Page(SITE_MAP, kind="application/xml")}

    looked = crawler().look_at(site.address)

    assert {found for found, _ in seen("osi-2024", looked).values()} == {"yes", "no"}
    assert seen("osi-2024", looked)["074"] == ("no", "https-missing")
    local = seen("losi-2024", looked)
    by_people = {"201", "202", "208", "209", "210"}
    assert {code for code, (found, _) in local.items() if found == "yes"} == local.keys() - by_people
    assert all(local[code] == ("unknown", "for-a-person") for code in by_people)
    assert {agent for *_, agent in site.asked} == {AGENT}


def test_what_is_plainly_missing_is_a_no_and_the_rest_is_not_known():
    bare = SiteSeen("https://portal.example/", read_page(BARE), has_site_map=False)

    found = seen("losi-2024", bare) | seen("osi-2024", bare)

    assert {code: told for code, (kind, told) in found.items() if kind == "no"} == {
        "204": "viewport-missing",
        "210": "language-missing",
        "071": "viewport-missing",
    }
    assert {code for code, (kind, _) in found.items() if kind == "yes"} == {"074"}
    named = SiteSeen(
        "https://x.example/", read_page(BARE.replace("<html>", "<html lang=en>")), has_site_map=True
    )
    assert seen("losi-2024", named)["210"] == ("no", "image-without-text")
    assert seen("losi-2024", named)["205"] == ("yes", "site-map-file")


def test_what_says_nothing_of_its_page_is_passed_over():
    other = "<meta name=robots content=none><a name=top>Top</a><link rel=stylesheet href=/a.css>"

    facts = read_page(f"{other}<input type=checkbox name=q><img src=a.png aria-hidden=true>")

    assert facts == PageFacts()


def test_a_link_that_is_never_ended_and_an_alternate_language_are_read():
    facts = read_page(
        "<html lang=fa-IR><link rel=alternate hreflang=en href=/en><a href=/p>Privacy<a href=//[>"
    )

    assert [(link.href, link.text, link.language) for link in facts.links] == [
        ("/en", "", "en"),
        ("/p", "Privacy", ""),
        ("//[", "", ""),
    ]
    looked = SiteSeen("https://portal.example/", facts, has_site_map=False)
    assert seen("osi-2024", looked)["015"] == ("yes", "other-language-link")
    assert seen("osi-2024", looked)["007"][0] == "unknown"


def test_every_question_a_machine_may_check_has_its_check_or_is_left_to_people():
    lists = {"losi-2024": "losi_2024_indicators.csv", "osi-2024": "osi_2024_indicators.csv"}
    for question_set, file in lists.items():
        codes = {code for row in rows_of(file) for code in (row.get("codes") or row["code"]).split()}
        assert CHECKS.checks[question_set].keys() <= codes
    marked = {row["code"] for row in rows_of("losi_2024_indicators.csv") if row["machine_checkable"] == "1"}
    assert CHECKS.checks["losi-2024"].keys() == marked


@pytest.mark.parametrize(
    "wrong",
    [b"", b"{}", json.dumps({"words": {}, "social_hosts": [], "checks": {"x": {"1": "link:none"}}}).encode()],
)
def test_a_file_of_checks_that_cannot_be_read_is_refused(wrong: bytes):
    with pytest.raises(evaluation.BadChecks):
        evaluation.parse_checks(wrong)


def test_what_robots_may_not_see_is_not_asked_for(site: Site):
    site.pages |= {"/": Page(GOOD), "/robots.txt": Page("User-agent: *\nDisallow: /", kind="text/plain")}

    looked = crawler().look_at(site.address)

    assert looked.trouble == "robots-forbid"
    assert site.paths == ["/robots.txt"]
    assert set(seen("osi-2024", looked).values()) == {("unknown", "robots-forbid")}


def test_where_the_rules_for_robots_cannot_be_had_nothing_is_looked_at(site: Site):
    site.pages |= {"/": Page(GOOD), "/robots.txt": Page(status=503)}

    assert crawler().look_at(site.address).trouble == "robots-away"
    assert site.paths == ["/robots.txt"]


def test_a_site_map_is_where_the_rules_for_robots_say(site: Site):
    told = f"User-agent: *\nDisallow: /private\nSitemap: {site.address}maps/all.xml"
    site.pages |= {
        "/": Page(GOOD),
        "/robots.txt": Page(told, kind="text/plain"),
        "/maps/all.xml": Page(SITE_MAP, kind="application/xml"),
    }

    assert crawler().look_at(site.address).has_site_map


def test_rules_for_robots_that_lead_in_a_circle_open_nothing(site: Site):
    site.pages |= {"/": Page(GOOD), "/robots.txt": Page(status=301, location="/robots.txt")}

    assert crawler().look_at(site.address).trouble == "too-many-hops"


def test_a_site_map_that_robots_may_not_see_is_not_found(site: Site):
    told = "User-agent: *\nDisallow: /sitemap.xml"
    site.pages |= {"/": Page(GOOD), "/robots.txt": Page(told, kind="text/plain")}

    assert not crawler().look_at(site.address).has_site_map
    assert site.paths == ["/robots.txt", "/"]


def test_a_look_asks_for_few_pages(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crawling, "MOST_REQUESTS", 1)

    assert crawler().look_at(site.address).trouble == "too-many-requests"
    assert site.paths == ["/robots.txt"]


def test_a_page_in_an_unknown_encoding_is_read_as_far_as_it_goes(site: Site):
    site.pages["/"] = Page(GOOD, kind="text/html; charset=none-such")

    assert crawler().look_at(site.address).page.language == "fa"


@pytest.mark.parametrize("named", ["hex", "idna", "undefined", "punycode"])
def test_an_encoding_that_is_none_of_text_is_passed_over(site: Site, named: str):
    site.pages["/"] = Page(GOOD, kind=f"text/html; charset={named}")

    assert crawler().look_at(site.address).page.language == "fa"


@pytest.mark.parametrize(
    ("told", "trouble"),
    [
        ("Crawl-delay: ²", "robots-away"),
        ("Request-rate: ²/²", "robots-away"),
        (f"Crawl-delay: {'9' * 5000}", "robots-away"),
        (f"Crawl-delay: {'9' * 400}", "robots-delay"),
    ],
)
def test_rules_for_robots_with_a_delay_that_is_no_number_open_nothing(site: Site, told: str, trouble: str):
    rules = f"User-agent: *\n{told}"
    site.pages |= {"/": Page(GOOD), "/robots.txt": Page(rules, kind="text/plain; charset=utf-8")}

    assert crawler().look_at(site.address).trouble == trouble
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize("unfinished", ["<a ", "<!--", "</", "<?", "<![CDATA[", "<a x='", "<![foo["])
def test_a_page_that_never_ends_its_mark_up_is_read_up_to_there(unfinished: str):
    # Tried again from each of its characters, such an end took a worker an hour.
    facts = read_page(f"<a href=/map>Map</a>{unfinished * 20_000}")

    assert [link.href for link in facts.links] == ["/map"]


def test_a_page_of_links_without_end_is_read_as_far_as_a_portal_goes():
    facts = read_page("<a href=/x>سلام</a>" * 4000 + "<a href=/y>" + "سلام " * 1000)

    assert len(facts.links) == 3000


def test_a_portal_with_a_name_in_persian_letters_is_looked_at(site: Site, monkeypatch: pytest.MonkeyPatch):
    asked: list[object] = []
    real = socket.getaddrinfo

    def resolve(host: str, *told: Any, **more: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1", *told, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.pages["/"] = Page(GOOD)

    looked = crawler().look_at(f"http://نمونه.ایران:{site.port}/")

    assert (looked.trouble, looked.page.language) == ("", "fa")
    assert {host for _, host, _ in site.asked} == {f"xn--hhbbbed.xn--mgba3a4f16a:{site.port}"}
    assert "xn--hhbbbed.xn--mgba3a4f16a" in asked


@pytest.mark.parametrize("address", ["http://[/", "ftp://portal.example/", "http:///"])
def test_what_is_no_address_of_the_web_is_a_finding(address: str):
    assert crawler().look_at(address).trouble == "no-address"


@pytest.mark.parametrize(
    ("page", "trouble"),
    [
        (Page("x" * (crawling.LARGEST + 1)), "too-large"),
        (Page(GOOD, drip=0.4), "slow"),
        (Page(status=500), "no-page"),
        (Page("%PDF", kind="application/pdf"), "no-page"),
        (Page(status=302, location="/"), "too-many-hops"),
        (Page(status=302, location="http://10.0.0.1/"), "not-public"),
        (Page(status=302, location="http://[::ffff:10.0.0.1]/"), "not-public"),
        (Page(status=302, location="http://169.254.169.254/latest/meta-data"), "not-public"),
        (Page(status=302, location="http://8.8.8.8:22/"), "not-public"),
        (Page(status=302, location="file:///etc/passwd"), "no-address"),
        (Page(status=302, location="http://[/"), "no-address"),
        (Page(status=302, location="http://[64:ff9b::7f00:1]/"), "not-public"),
        (Page(status=302, location="http://[fec0::1]/"), "not-public"),
        (Page(status=302, location="http://[::7f00:1]/"), "not-public"),
        (Page(status=302, location="http://[2002:7f00:1::1]/"), "not-public"),
        (Page(status=302, location="http://user@127.0.0.1/"), "no-address"),
        (Page(status=302, location="http://127.0.0.1:1/"), "no-answer"),
    ],
)
def test_a_site_that_misbehaves_is_a_finding_and_leads_nowhere(site: Site, page: Page, trouble: str):
    site.pages["/"] = page

    looked = crawler(read_seconds=0.15).look_at(site.address)

    assert (looked.trouble, looked.page) == (trouble, PageFacts())


def test_an_address_with_a_sign_that_none_may_hold_is_a_finding(site: Site):
    assert crawler().look_at(f"{site.address}\x01").trouble == "no-address"


def test_a_page_that_drips_is_left_after_a_while(site: Site):
    site.pages["/"] = Page(GOOD, drip=0.1)

    assert crawler(whole_seconds=0.05).look_at(site.address).trouble == "slow"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_what_is_near_is_not_looked_at_outside_the_practice_country(site: Site, host: str):
    looked = crawler(allows_loopback=False).look_at(f"http://{host}:{site.port}/")

    assert looked.trouble == "not-public"
    assert site.asked == []


def test_a_name_with_one_address_that_is_near_is_not_looked_at(monkeypatch: pytest.MonkeyPatch):
    found = [(2, 1, 6, "", (near, 80)) for near in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    assert crawler().look_at("http://portal.example/").trouble == "not-public"


def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    asked: list[object] = []
    real = socket.getaddrinfo

    def resolve(host: str, *told: Any, **more: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if host == "portal.example" else host, *told, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.pages["/"] = Page(GOOD)

    looked = crawler().look_at(f"http://portal.example:{site.port}/")

    assert looked.trouble == ""
    assert {host for _, host, _ in site.asked} == {f"portal.example:{site.port}"}
    assert asked.count("portal.example") == len(site.asked)


def test_a_certificate_must_be_of_the_name_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *told, **more: real("127.0.0.1", *told, **more))
    pem = certificate_of("portal.example", tmp_path)
    trust = ssl.create_default_context(cafile=str(pem))

    with running(Site({"/": Page(GOOD)}), certificate=pem) as safe:
        looks = {
            host: crawler(trust=trust).look_at(f"https://{host}:{safe.port}/").trouble
            for host in ("portal.example", "other.example")
        }

    assert looks == {"portal.example": "", "other.example": "no-answer"}


def certificate_of(name: str, folder: Path) -> Path:
    """Return a file with a key and its own certificate for a name."""
    key = ec.generate_private_key(ec.SECP256R1())
    itself = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(itself, itself, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "site.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_name_that_is_nobodys_is_a_finding(monkeypatch: pytest.MonkeyPatch):
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)

    assert crawler().look_at("http://portal.example/").trouble == "no-such-host"


def test_a_host_is_asked_once_a_second_and_as_slowly_as_it_wishes(site: Site):
    site.pages |= {
        "/": Page(GOOD),
        "/robots.txt": Page("User-agent: *\nCrawl-delay: 3", kind="text/plain"),
    }
    waits: list[float] = []
    patient = crawler(seconds_between=1.0, clock=lambda: sum(waits), wait=waits.append)

    patient.look_at(site.address)

    assert (waits, site.paths) == ([3.0, 3.0], ["/robots.txt", "/", "/sitemap.xml"])
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 60", kind="text/plain")
    assert patient.look_at(site.address).trouble == "robots-delay"


def test_what_was_seen_lies_beside_the_question_and_is_no_answer(
    team: Team, site: Site, monkeypatch: pytest.MonkeyPatch
):
    site.pages["/"] = Page(GOOD)
    of = open_for(team, addresses=[site.address])
    monkeypatch.setattr(jobs, "crawler", crawler)

    evaluation.request_look(of, look_id=fresh_id(), actor=team.first, at=AT)
    evaluation.request_look(of, look_id=fresh_id(), actor=team.second, at=AT)
    run_waiting_jobs()

    (finding,) = evaluation.assessment_sheet(of, "204", actor=team.second, at=AT).findings
    assert (finding.address, finding.found, finding.seen) == (site.address, "yes", "viewport-set")
    assert MachineFinding.objects.count() == len(CHECKS.checks["losi-2024"])
    assert not Answer.objects.exists()


def test_the_same_look_done_again_asks_nobody(team: Team, site: Site):
    site.pages["/"] = Page(GOOD)
    of, look_id = open_for(team, addresses=[site.address]), fresh_id()
    told: dict[str, Any] = {"look_id": look_id, "crawler": crawler(), "checks": CHECKS, "at": AT}
    evaluation.look_at_address(of, 0, **told)
    asked = len(site.asked)

    assert evaluation.look_at_address(of, 0, **told) == 0
    assert len(site.asked) == asked
    with pytest.raises(NotFound):
        evaluation.look_at_address(of, 1, **told)
    with pytest.raises(NotFound):
        evaluation.look_at_address(fresh_id(), 0, **told)


def test_the_newest_look_at_an_address_speaks(team: Team, site: Site):
    of = open_for(team, addresses=[site.address])
    for page in (Page(GOOD), Page(BARE)):
        site.pages["/"] = page
        evaluation.look_at_address(of, 0, look_id=fresh_id(), crawler=crawler(), checks=CHECKS, at=AT)

    (finding,) = evaluation.assessment_sheet(of, "204", actor=team.first, at=AT).findings

    assert finding.found == "no"
    assert MachineFinding.objects.filter(code="204").count() == 2


def test_a_site_that_is_away_is_a_finding_and_the_job_is_done(team: Team):
    of = open_for(team, addresses=["http://127.0.0.1:1/"])

    evaluation.look_at_address(of, 0, look_id=fresh_id(), crawler=crawler(), checks=CHECKS, at=AT)

    (finding,) = evaluation.assessment_sheet(of, "204", actor=team.first, at=AT).findings
    assert (finding.found, finding.seen) == ("unknown", "no-answer")


def test_this_installation_says_who_looks(settings: Any):
    jobs.crawler.cache_clear()

    made = jobs.crawler()

    assert settings.PANJEREH.public_url in made.agent
    assert made.allows_loopback is settings.PANJEREH.is_practice
    assert jobs.page_checks() == CHECKS
