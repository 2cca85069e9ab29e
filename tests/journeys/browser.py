"""A browser without scripts: follows links and redirects, fills in the forms a page offers, keeps cookies."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import httpx
from lxml import html


class PageWrongError(AssertionError):
    """The page is not what the journey expects."""


@dataclass
class Page:
    """One answered page."""

    address: str
    status: int
    content: bytes
    headers: httpx.Headers

    @property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.content.decode())

    @property
    def text(self) -> str:
        return " ".join(self.tree.text_content().split())

    def must_say(self, *words: str) -> "Page":
        for word in words:
            if word not in self.text:
                raise PageWrongError(f"«{word}» is not on {self.address} ({self.status}): {self.text[:400]}")
        return self

    def link(self, part: str) -> str:
        """Return the first address on the page that holds `part`."""
        for link in self.tree.xpath("//main//a/@href"):
            if part in link:
                return str(link)
        raise PageWrongError(f"no link with {part} on {self.address}")

    def form(self, part: str = "") -> html.FormElement:
        """Return the first form of the main part whose action holds `part`."""
        for form in self.tree.xpath("//main//form"):
            if part in (form.get("action") or self.address):
                return form
        raise PageWrongError(f"no form with {part!r} on {self.address} ({self.status}): {self.text[:400]}")


@dataclass
class Browser:
    """One person's browser at one installation."""

    origin: str
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(follow_redirects=True, timeout=30, trust_env=False)

    def get(self, address: str, *, status: int | None = 200) -> Page:
        return self._read(self.http.get(urljoin(self.origin, address)), status)

    def send(
        self,
        page: Page,
        part: str = "",
        *,
        status: int | None = 200,
        file: Path | bytes | None = None,
        **typed: str,
    ) -> Page:
        """Fill in and send a form of the page, with the values it already holds."""
        form = page.form(part)
        values = dict(form.form_values()) | typed
        address = urljoin(page.address, form.get("action") or page.address)
        files = None if file is None else {"file": ("document.pdf", file, "application/pdf")}
        headers = {"referer": page.address, "origin": self.origin}
        return self._read(self.http.post(address, data=values, files=files, headers=headers), status)

    def sign_out(self, page: Page) -> Page:
        form = page.tree.xpath("//header//form")[0]
        values = dict(form.form_values())
        address = urljoin(page.address, form.get("action"))
        return self._read(self.http.post(address, data=values, headers={"referer": page.address}), 200)

    def _read(self, response: httpx.Response, status: int | None) -> Page:
        page = Page(str(response.url), response.status_code, response.content, response.headers)
        if status is not None and page.status != status:
            said = page.text[:400] if "html" in page.headers.get("content-type", "") else page.content[:200]
            raise PageWrongError(f"{page.address} answered {page.status}, not {status}: {said}")
        return page
