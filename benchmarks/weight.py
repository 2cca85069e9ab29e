"""B-WEIGHT: what a first visit of a public page costs a slow line."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from benchmarks.figure import Figure, at_most
from benchmarks.stage import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.stage import Stage

ID = "B-WEIGHT"
MUST_KB, AIM_KB = 60, 30
KB = 1000
PATIENCE_S = 60.0
FONTS = (".woff2", ".woff", ".ttf")
STARTS = {"in Persian": "/", "in English": "/en/"}
OK = 200
# Fewer would mean that the links were not followed.
FEWEST_PAGES = 5


@dataclass
class Page(HTMLParser):
    """What a page links to, loads, and offers to a browser without scripts."""

    links: set[str] = field(default_factory=set)
    loads: set[str] = field(default_factory=set)
    headings: int = 0
    inline_scripts: int = 0
    open_forms: int = 0
    forms_without_button: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in said:
            self.links.add(said["href"])
        if tag == "link" and said.get("rel") in ("stylesheet", "icon", "preload"):
            self.loads.add(said["href"])
        if tag in ("script", "img", "source", "iframe", "video", "audio") and "src" in said:
            self.loads.add(said["src"])
        self.inline_scripts += tag == "script" and "src" not in said
        self.headings += tag == "h1"
        if tag == "form":
            self.open_forms, self.forms_without_button = 1, self.forms_without_button + 1
        if tag == "button" and self.open_forms and said.get("type", "submit") == "submit":
            self.open_forms, self.forms_without_button = 0, self.forms_without_button - 1


@dataclass(frozen=True)
class Answer:
    """One answer as it went over the wire: its address, its bytes with headers, its text."""

    status: int
    size: int
    body: str
    kind: str


class Browser:
    """A browser that has never been here: no cookies, nothing kept, no scripts."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port

    def get(self, path: str) -> Answer:
        """Ask once, and say what came; a redirection is not followed."""
        line = http.client.HTTPConnection(self.host, self.port, timeout=30)
        line.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept": "text/html,*/*"})
        answer = line.getresponse()
        raw = answer.read()
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        kind = answer.getheader("Content-Type", "")
        line.close()
        return Answer(answer.status, head + len(raw), _text(raw, answer, kind), kind)


def measure(stage: Stage) -> list[Figure]:
    """Visit every public page in both languages and weigh each with all it loads."""
    with _server(stage) as browser:
        return [_figure(stage, browser, words, start) for words, start in STARTS.items()]


def _figure(stage: Stage, browser: Browser, words: str, start: str) -> Figure:
    weights = dict(_visit_all(browser, start))
    assert len(weights) >= FEWEST_PAGES, f"only {sorted(weights)} were found from {start}"
    heaviest = max(weights, key=lambda path: weights[path])
    middle = sorted(weights.values())[len(weights) // 2]
    stage.say(f"{len(weights)} pages {words}, heaviest {heaviest}, the middle one {middle / KB:.1f} kB")
    return Figure(
        benchmark=ID,
        work=f"the heaviest of {len(weights)} pages {words}, {heaviest}",
        value=weights[heaviest] / KB,
        unit="kB",
        must=at_most(MUST_KB),
        aim=at_most(AIM_KB),
    )


def _visit_all(browser: Browser, start: str) -> Iterator[tuple[str, int]]:
    is_english = start != "/"
    seen, waiting = {start}, [start]
    while waiting:
        path = waiting.pop()
        answer = browser.get(path)
        if answer.status != OK or not answer.kind.startswith("text/html"):
            continue  # the way to a sign-in, or a file
        page = Page()
        page.feed(answer.body)
        _assert_usable(path, page)
        yield path, answer.size + sum(_weigh(browser, path, each) for each in sorted(page.loads))
        found = {urlsplit(urljoin(path, link))._replace(fragment="").geturl() for link in page.links}
        own = {each for each in found if each.startswith("/") and each.startswith("/en/") == is_english}
        waiting += sorted(own - seen)
        seen |= own


def _assert_usable(path: str, page: Page) -> None:
    assert page.headings == 1, f"{path} has {page.headings} headings without scripts"
    assert not page.inline_scripts, f"{path} has a script in it"
    assert not page.forms_without_button, f"{path} has a form that only a script could send"


def _weigh(browser: Browser, page: str, address: str) -> int:
    """Return the bytes of a file a page loads and of those it loads in turn, fonts apart."""
    where = urlsplit(address)
    if where.scheme == "data":
        return 0
    assert not where.netloc, f"{page} asks a third party: {address}"
    if where.path.endswith(FONTS):
        return 0
    answer = browser.get(urljoin(page, address))
    assert answer.status == OK, f"{page} loads {address}: {answer.status}"
    more = re.findall(r"url\([\"']?([^\"')]+)", answer.body) if answer.kind.startswith("text/css") else []
    return answer.size + sum(_weigh(browser, where.path, each) for each in sorted(set(more)))


def _text(raw: bytes, answer: http.client.HTTPResponse, kind: str) -> str:
    if not kind.startswith("text/"):
        return ""
    if answer.getheader("Content-Encoding") == "gzip":
        raw = gzip.decompress(raw)
    return raw.decode()


@contextmanager
def _server(stage: Stage) -> Iterator[Browser]:
    """Run the real server on a port of its own."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    settings = stage.platform("bench_weight") | {
        "PANJEREH_LISTEN": f"127.0.0.1:{port}",
        "PANJEREH_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "panjereh", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=stage.environment(settings))  # noqa: S603 -- our own
    try:
        browser = Browser("127.0.0.1", port)
        _wait_until_it_answers(browser)
        yield browser
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_it_answers(browser: Browser) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            if browser.get("/health/live").status == OK:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
