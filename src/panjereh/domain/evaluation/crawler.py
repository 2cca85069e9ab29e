"""Looks at a site as a polite stranger would: few pages, slowly, what robots.txt allows, and nothing near.

An address may be anything somebody typed, and a site may send us anywhere: every hop is resolved here,
refused if any of its addresses is not of the open internet, and the connection goes to the very address that
was looked at. So a name cannot mean one machine when it is checked and another when it is used.

GAP: a server that sends its headers byte by byte may hold a job longer than `WHOLE_SECONDS`, which counts
from the first byte of the content.
"""

import codecs
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from panjereh.domain.evaluation.rules.page_checks import SiteSeen
from panjereh.domain.evaluation.rules.web_pages import PageFacts, read_page

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 5.0
WHOLE_SECONDS: Final = 15.0
SECONDS_BETWEEN: Final = 1.0
LONGEST_DELAY: Final = 10.0
LARGEST: Final = 1 << 20
MOST_REQUESTS: Final = 12
MOST_REDIRECTS: Final = 4
_PORTS: Final = {"http": 80, "https": 443}
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
# Python knows more "encodings" than are ones of text, and one that takes a second for a kilobyte.
_ENCODINGS: Final = frozenset(
    ("utf-8", "utf-16", "ascii", "iso8859-1", "iso8859-6", "cp1252", "cp1256", "gb18030")
)
# All that is given out of IPv6 today; beside it lie ways back to IPv4 (RFC 6052) and to what is near.
_OPEN_IPV6: Final = ipaddress.IPv6Network("2000::/3")


class CannotLook(Exception):  # noqa: N818 -- reads as what happened
    """A page was not seen; `trouble` is a stable code."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawler:
    """How this installation looks at sites: who it says it is, and its clock.

    `allows_loopback` is for the practice country and tests alone. `clock` counts seconds, `wait` lets some
    go. `trust` says which certificates are believed, None for the usual ones.
    """

    agent: str
    clock: Callable[[], float]
    wait: Callable[[float], None]
    allows_loopback: bool = False
    trust: ssl.SSLContext | None = None
    seconds_between: float = SECONDS_BETWEEN
    read_seconds: float = READ_SECONDS
    whole_seconds: float = WHOLE_SECONDS

    def look_at(self, address: str) -> SiteSeen:
        """Return what is seen at an address; that nothing was seen is an answer, too."""
        look = _Look(self)
        try:
            first = look.page(address)
        except CannotLook as cannot:
            return SiteSeen(address, PageFacts(), has_site_map=False, trouble=cannot.trouble)
        if first.status >= 400 or not first.is_html:  # noqa: PLR2004 -- where the errors of HTTP begin
            return SiteSeen(first.address, PageFacts(), has_site_map=False, trouble="no-page")
        return SiteSeen(first.address, read_page(first.text), has_site_map=look.has_site_map(first.address))


@dataclass(frozen=True, slots=True)
class _Fetched:
    address: str
    status: int
    kind: str
    text: str
    location: str

    @property
    def is_html(self) -> bool:
        return self.kind in {"text/html", "application/xhtml+xml"}


@dataclass(slots=True)
class _Look:
    """One look at one site: what its robots.txt said, and when a host was last asked."""

    crawler: Crawler
    robots: dict[str, RobotFileParser] = field(default_factory=dict)
    asked_at: dict[str, float] = field(default_factory=dict)
    requests: int = 0

    def page(self, address: str) -> _Fetched:
        """Return a page that robots may see, after the hops it takes. Raises `CannotLook`."""
        for _hop in range(MOST_REDIRECTS + 1):
            robots = self._robots_of(address)
            if not robots.can_fetch(self.crawler.agent, address):
                raise CannotLook("robots-forbid")
            # Held to what is already too long: a number of a thousand digits is no number of seconds.
            pause = min(int(robots.crawl_delay(self.crawler.agent) or 0), int(LONGEST_DELAY) + 1)
            fetched = self._ask(address, pause=float(pause))
            if fetched.status not in _REDIRECTS or not fetched.location:
                return fetched
            address = _joined(address, fetched.location)
        raise CannotLook("too-many-hops")

    def has_site_map(self, address: str) -> bool:
        """Tell whether the site has a map for programs, where it says so or where it is by custom."""
        told = self._robots_of(address).site_maps() or []
        try:
            found = self.page(told[0] if told else _joined(address, "/sitemap.xml"))
        except CannotLook:
            return False
        is_map = "<urlset" in found.text or "<sitemapindex" in found.text
        return found.status == httpx.codes.OK and is_map

    def _robots_of(self, address: str) -> RobotFileParser:
        parts = _parts(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.robots:
            self.robots[origin] = self._read_robots(f"{origin}/robots.txt")
        return self.robots[origin]

    def _read_robots(self, address: str) -> RobotFileParser:
        """Without a file all may be seen; where it cannot be had nothing may (RFC 9309, 2.3.1)."""
        robots = RobotFileParser()
        fetched = self._after_hops(address)
        if fetched.status >= 500:  # noqa: PLR2004 -- where the server's own errors begin
            raise CannotLook("robots-away")
        try:
            robots.parse(fetched.text.splitlines() if fetched.status == httpx.codes.OK else [])
        except ValueError as error:  # a delay in digits that are no number
            raise CannotLook("robots-away") from error
        return robots

    def _after_hops(self, address: str) -> _Fetched:
        for _hop in range(MOST_REDIRECTS + 1):
            fetched = self._ask(address)
            if fetched.status not in _REDIRECTS or not fetched.location:
                return fetched
            address = _joined(address, fetched.location)
        raise CannotLook("too-many-hops")

    def _ask(self, address: str, *, pause: float = 0.0) -> _Fetched:
        parts = _parts(address)
        if self.requests >= MOST_REQUESTS:
            raise CannotLook("too-many-requests")
        if pause > LONGEST_DELAY:
            raise CannotLook("robots-delay")
        self.requests += 1
        self._keep_pace(parts.netloc, max(pause, self.crawler.seconds_between))
        return _get(self.crawler, address, parts)

    def _keep_pace(self, host: str, pause: float) -> None:
        now = self.crawler.clock()
        left = self.asked_at.get(host, now - pause) + pause - now
        if left > 0:
            self.crawler.wait(left)
        self.asked_at[host] = self.crawler.clock()


def _get(crawler: Crawler, address: str, parts: SplitResult) -> _Fetched:
    asked = _asked_for(address)
    # As it goes over the wire: a name in Persian letters is asked for by its name in ASCII.
    host = asked.raw_host.decode("ascii")
    near = _resolve(host, asked.port or _PORTS[parts.scheme], allows_loopback=crawler.allows_loopback)
    url = asked.copy_with(host=near, fragment=None)
    named = asked.netloc.decode("ascii")
    headers = {"host": named, "user-agent": crawler.agent, "accept-encoding": "identity"}
    # The certificate must be of the name that was asked for, not of the number it was resolved to.
    names = {"sni_hostname": host}
    timeout = httpx.Timeout(crawler.read_seconds, connect=CONNECT_SECONDS)
    trust = crawler.trust or True
    try:
        with (
            httpx.Client(timeout=timeout, verify=trust, follow_redirects=False, trust_env=False) as client,
            client.stream("GET", url, headers=headers, extensions=names) as answer,
        ):
            return _Fetched(
                address=address,
                status=answer.status_code,
                kind=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
                text=_read(answer, crawler).decode(_charset(answer), errors="replace"),
                location=answer.headers.get("location", ""),
            )
    except httpx.TimeoutException as error:
        raise CannotLook("slow") from error
    except httpx.HTTPError as error:
        raise CannotLook("no-answer") from error


def _read(answer: httpx.Response, crawler: Crawler) -> bytes:
    began, body = crawler.clock(), bytearray()
    for chunk in answer.iter_raw():
        body += chunk
        if len(body) > LARGEST:
            raise CannotLook("too-large")
        if crawler.clock() - began > crawler.whole_seconds:
            raise CannotLook("slow")
    return bytes(body)


def _charset(answer: httpx.Response) -> str:
    """Return the encoding an answer names, if it is one that pages are written in."""
    try:
        named = codecs.lookup(answer.charset_encoding or "").name
    except (LookupError, ValueError):
        return "utf-8"
    return named if named in _ENCODINGS else "utf-8"


def _resolve(host: str, port: int, *, allows_loopback: bool) -> str:
    """Return the one address to connect to. Raises `CannotLook` if any is not of the open internet."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CannotLook("no-such-host") from error
    addresses = [ipaddress.ip_address(str(sockaddr[0]).partition("%")[0]) for *_, sockaddr in found]
    if not all(_is_open(each) or (allows_loopback and each.is_loopback) for each in addresses):
        raise CannotLook("not-public")
    if port not in _PORTS.values() and not (allows_loopback and addresses[0].is_loopback):
        raise CannotLook("not-public")
    return str(addresses[0])


def _is_open(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address not in _OPEN_IPV6:
        return False
    inner = getattr(address, "sixtofour", None) or address
    return bool(address.is_global and inner.is_global and not address.is_multicast)


def _asked_for(address: str) -> httpx.URL:
    try:
        return httpx.URL(address)
    except httpx.InvalidURL as error:
        raise CannotLook("no-address") from error


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        is_usable = parts.scheme in _PORTS and parts.hostname and parts.port != 0
    except ValueError as error:
        raise CannotLook("no-address") from error
    if not is_usable or "@" in parts.netloc:
        raise CannotLook("no-address")
    return parts


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise CannotLook("no-address") from error
