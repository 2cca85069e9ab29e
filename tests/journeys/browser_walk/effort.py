"""What a way costs the person who walks it: counted as they go, and made seconds by a published model."""

from dataclasses import dataclass

from playwright.sync_api import Page

# The keystroke-level model of Card, Moran and Newell (1980), with a slow typist's key and a thumb's way.
KEY_S, POINT_S, THINK_S = 0.5, 1.1, 1.35


@dataclass
class Effort:
    """Counts since the last `begin`. Redirects count as no page of their own."""

    pages: int = 0
    presses: int = 0
    keystrokes: int = 0
    bytes: int = 0

    def begin(self, page: Page) -> None:
        """Count from here on, the bytes on the wire too."""
        self.pages = self.presses = self.keystrokes = self.bytes = 0
        session = page.context.new_cdp_session(page)
        session.on("Network.loadingFinished", lambda event: self._came(int(event["encodedDataLength"])))
        session.send("Network.enable")

    def _came(self, size: int) -> None:
        self.bytes += size

    def hands_s(self) -> float:
        """Return how long a person needs for it, without the time the pages take and without reading."""
        return self.keystrokes * KEY_S + self.presses * (POINT_S + THINK_S)

    def told(self) -> str:
        """Return the counts as a sentence."""
        return (
            f"{self.pages} pages, {self.presses} presses, {self.keystrokes} keystrokes, {self.bytes:,} bytes;"
            f" {self.hands_s():.0f} s by the keystroke-level model"
        )
