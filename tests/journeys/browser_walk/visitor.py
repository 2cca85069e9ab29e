"""A person at a page: finds things by role and name, and looks at every page that comes."""

from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, expect

from tests.journeys.browser_walk import checks
from tests.journeys.browser_walk.effort import Effort
from tests.journeys.browser_walk.hands import Hands, Keyboard, Pointer
from tests.journeys.browser_walk.pages import EXCUSED
from tests.journeys.browser_walk.pictures import Album
from tests.journeys.browser_walk.ways import Way
from tests.journeys.browser_walk.words import say

LONGEST_WAIT = 20_000  # milliseconds


@dataclass
class Visitor:
    """One tab of one person's browser."""

    page: Page
    way: Way
    origins: frozenset[str]  # the platform and its identity provider; nothing else may be asked
    album: Album
    audited: set[tuple[str, str]]  # (page, language) measured at every width and seen by axe
    hands: Hands = field(init=False)
    faults: list[str] = field(default_factory=list)
    policy: str = ""
    effort: Effort = field(default_factory=Effort)

    def __post_init__(self) -> None:
        self.hands = Keyboard(self.page) if self.way.keyboard else Pointer()
        self.page.set_default_timeout(LONGEST_WAIT)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script fault: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def find(self, role: str, name: str, *, within: str = "main", exact: bool = True) -> Locator:
        """Return what has this role and the name `name` has in the person's language."""
        words = say(name, self.way.language)
        return self.page.get_by_role(within).get_by_role(role, name=words, exact=exact).first  # type: ignore[arg-type]

    def find_labelled(self, name: str) -> Locator:
        """Return a field that has no role of its own, such as one for a file, by its label."""
        return self.page.get_by_label(say(name, self.way.language), exact=True)

    def press(self, role: str, name: str, *, within: str = "main", exact: bool = True) -> None:
        self.effort.presses += 1
        self.hands.press(self.find(role, name, within=within, exact=exact))

    def send(self, name: str) -> None:
        """Press a button and wait for the page that answers.

        For what goes on at another address, or cannot tell the answer from the page before: a page that is
        still on its way takes the place of the next one.
        """
        with self.page.expect_navigation():
            self.press("button", name)

    def write(self, name: str, text: str, *, role: str = "textbox") -> None:
        self.effort.keystrokes += len(text)
        self.effort.presses += 1
        self.hands.write(self.find(role, name), text)

    def choose(self, name: str) -> None:
        """Choose a radio button by the beginning of its words."""
        self.effort.presses += 1
        self.hands.choose(self.find("radio", name, exact=False))

    def visit(self, name: str, address: str) -> None:
        """Open a page by its address in the person's language, and look at it."""
        self.page.goto(address)
        self.look(name)

    def go(self, name: str) -> None:
        """Open a main section, through the menu where it is not in sight."""
        if not self.find("link", name, within="banner").count():
            self.open_menu()
        self.press("link", name, within="banner")

    def open_menu(self) -> None:
        """Open the menu where there is one: on a phone, and on a desktop for who is signed in."""
        name = "menu" if self.way.is_phone else "account"
        menu = self.page.get_by_role("banner").get_by_text(say(name, self.way.language), exact=True)
        if self.way.is_phone or menu.count():
            self.hands.press(menu)

    def must_head(self, name: str) -> None:
        """Wait for the page whose heading is this."""
        expect(self.find("heading", name)).to_be_visible(timeout=LONGEST_WAIT)

    def look(self, name: str) -> None:
        """Check the page that is open now, and photograph it under a name that stays."""
        self.page.wait_for_load_state("load")
        language = self.way.language
        checks.page_must_be_sound(self.page, language=language)
        assert "default-src 'none'" in self.policy, f"{self.page.url} came without a policy: {self.policy!r}"
        if self.way.scripts and (name, language) not in self.audited:
            checks.page_must_fit(self.page)
            checks.page_must_bear_large_text(self.page)
            checks.page_must_be_accessible_in_both_themes(self.page, but=EXCUSED.get(name, ()))
            self.audited.add((name, language))
        self.album.take(self.page, name, self.way.pictures)
        assert not self.faults, "\n".join(self.faults)

    def _heard(self, message: ConsoleMessage) -> None:
        # A page that answers 422 with what to correct is reported as an error too; that is no fault.
        is_own_status = message.location["url"] == self.page.url and "Failed to load" in message.text
        if message.type == "error" and not is_own_status:
            self.faults.append(f"console on {self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        split = urlsplit(request.url)
        if split.scheme in {"http", "https"} and f"{split.scheme}://{split.netloc}" not in self.origins:
            self.faults.append(f"{self.page.url} asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.policy = response.headers.get("content-security-policy", "")
            self.effort.pages += not HTTPStatus.MULTIPLE_CHOICES <= response.status < HTTPStatus.BAD_REQUEST
