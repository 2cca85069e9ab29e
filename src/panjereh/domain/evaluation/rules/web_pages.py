"""What stands in a page of the web, as far as a program can read it without running it."""

from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SEARCH_NAMES = frozenset(("q", "s", "query", "search", "keyword", "keywords"))
_TEXT_INPUTS = frozenset(("", "text", "search"))
# What no portal has; every one is compared with every word that is looked for.
_MOST_LINKS = 3000
_LONGEST_WORDS = 300
_Attributes = list[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where to, its words (or those of what it holds), and the language it says it leads to."""

    href: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts of one page. `images_without_text` counts images that do not even say they are decoration."""

    language: str = ""
    viewport: str = ""
    has_search: bool = False
    images_without_text: int = 0
    links: tuple[Link, ...] = ()


def read_page(html: str) -> PageFacts:
    """Return the facts of a page; one that is no page has none. An unfinished tag at its end is cut."""
    reader = _Reader()
    # Not closed: then the parser would try the unfinished end again from each of its characters, and an
    # end of a megabyte takes an hour.
    with suppress(AssertionError):  # the parser's word for a declaration that it cannot read
        reader.feed(html)
    reader.end_link()
    return PageFacts(
        language=reader.language,
        viewport=reader.viewport,
        has_search=reader.has_search,
        images_without_text=reader.images_without_text,
        links=tuple(reader.links),
    )


@dataclass
class _Open:
    href: str
    language: str
    words: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = self.viewport = ""
        self.has_search = False
        self.images_without_text = 0
        self.links: list[Link] = []
        self._open: _Open | None = None

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        said = {name: value or "" for name, value in attrs}
        read = getattr(self, f"_read_{tag}", None)
        if read is not None:
            read(said)
        if said.get("role") == "search":
            self.has_search = True
        if self._open is not None:
            self._open.words += [said[name] for name in ("aria-label", "title", "alt") if said.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.end_link()

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.words.append(data)

    def end_link(self) -> None:
        """Keep the link that is open; a page may forget to end it."""
        if self._open is not None:
            words = " ".join(" ".join(self._open.words).split())[:_LONGEST_WORDS]
            self._keep(Link(self._open.href, words, self._open.language))
        self._open = None

    def _keep(self, link: Link) -> None:
        if len(self.links) < _MOST_LINKS:
            self.links.append(link)

    def _read_html(self, said: dict[str, str]) -> None:
        self.language = said.get("lang", "").strip().lower()

    def _read_meta(self, said: dict[str, str]) -> None:
        if said.get("name", "").lower() == "viewport":
            self.viewport = said.get("content", "").replace(" ", "").lower()

    def _read_a(self, said: dict[str, str]) -> None:
        self.end_link()
        if said.get("href"):
            self._open = _Open(said["href"], _language_of(said))

    def _read_link(self, said: dict[str, str]) -> None:
        if "alternate" in said.get("rel", "").lower().split() and said.get("hreflang"):
            self._keep(Link(said.get("href", ""), "", _language_of(said)))

    def _read_input(self, said: dict[str, str]) -> None:
        kind = said.get("type", "").lower()
        named = said.get("name", "").lower() in _SEARCH_NAMES and kind in _TEXT_INPUTS
        self.has_search = self.has_search or kind == "search" or named

    def _read_img(self, said: dict[str, str]) -> None:
        is_told = any(name in said for name in ("alt", "aria-label", "aria-labelledby"))
        is_hidden = said.get("aria-hidden") == "true" or said.get("role") in {"presentation", "none"}
        self.images_without_text += not (is_told or is_hidden)


def _language_of(said: dict[str, str]) -> str:
    return (said.get("hreflang") or said.get("lang") or "").strip().lower()
