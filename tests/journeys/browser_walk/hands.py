"""How a person acts on what a page offers: with a pointer, or with the keyboard alone."""

from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_TABS = 60
# The focus must be in the window and show: by an outline of its own or of what it stands in, such as a tile.
_FOCUS = """() => {
  const here = document.activeElement, before = window.lastFocused;
  const looks = (element, up) => { const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || (up > 0 && element.parentElement !== null && looks(element.parentElement, up - 1)); };
  const box = here.getBoundingClientRect();
  window.lastFocused = here;
  return {
    what: here.outerHTML.slice(0, 120),
    atStart: here === document.body,
    visible: looks(here, 3),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    inOrder: !before || !before.isConnected || before === document.body
      || Boolean(before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}"""


class Hands(Protocol):
    """What a walk needs to be able to do on a page."""

    def press(self, target: Locator) -> None: ...
    def write(self, target: Locator, text: str) -> None: ...
    def choose(self, radio: Locator) -> None: ...
    def give_file(self, target: Locator, file: Path) -> None: ...


class Pointer:
    """A finger or a mouse."""

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, radio: Locator) -> None:
        radio.check()

    def give_file(self, target: Locator, file: Path) -> None:
        target.set_input_files(file)


class Keyboard:
    """Tab, Enter, space and arrows; each step of the focus must be visible and in the order of the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Kept from the start: a listener that comes with the press may come too late, and the browser then
        # shows a choice of its own that nobody can answer, and no second one beside it.
        page.on("filechooser", lambda _: None)

    def press(self, target: Locator) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self._reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, radio: Locator) -> None:
        # Tab enters a group at its first choice while none is made; the others are reached by arrows.
        group = self.page.locator(f"input[type=radio][name={radio.get_attribute('name')}]")
        self._reach(group.first)
        for key in ("Space", "ArrowDown", "ArrowUp"):
            self.page.keyboard.press(key)
        assert group.first.is_checked(), "arrows do not lead back to the first choice"
        for _ in range(group.count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"arrows do not lead to {radio}")

    def give_file(self, target: Locator, file: Path) -> None:
        self._reach(target)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(file)

    def skip_to_main(self, skip: Locator) -> None:
        """Take the skip link: it is the first stop of the page and leads into its main part."""
        self.page.keyboard.press("Tab")
        self._look()
        assert _is_focused(skip), "the first stop of Tab is not the skip link"
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "main", (
            "the skip link does not lead to the main part"
        )

    def _reach(self, target: Locator) -> None:
        target.wait_for()
        for _ in range(MOST_TABS):
            if _is_focused(target):
                return
            self.page.keyboard.press("Tab")
            self._look()
        raise AssertionError(f"Tab does not reach {target} on {self.page.url}")

    def _look(self) -> None:
        focus = self.page.evaluate(_FOCUS)
        if focus["atStart"]:
            return
        for fault in ("visible", "inside", "inOrder"):
            assert focus[fault], f"focus is not {fault} at {focus['what']} on {self.page.url}"


def _is_focused(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))
