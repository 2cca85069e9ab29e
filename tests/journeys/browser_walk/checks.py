"""What must hold of every page a person sees."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "vendor" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 1280)
LARGE_TEXT_WIDTHS = (640, 1280)
_RUN_AXE = """([tags, rules]) => axe.run(document,
  {runOnly: {type: "tag", values: tags}, rules, resultTypes: ["violations"]})"""
_FACTS = """() => ({
  lang: document.documentElement.lang, dir: document.documentElement.dir,
  title: document.title.trim(), headings: document.querySelectorAll("h1").length,
})"""
_OVERFLOW = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
# The innermost things that reach out of the window: what to mend.
_REACHING_OUT = """() => [...document.querySelectorAll("body *")].filter(element => {
  const box = element.getBoundingClientRect();
  return (box.left < -1 || box.right > innerWidth + 1) && !element.closest("svg");
}).slice(-5).map(element => element.outerHTML.slice(0, 100))"""


def page_must_be_sound(page: Page, *, language: str) -> None:
    """Check language, direction, title and the one heading of the first level."""
    facts = page.evaluate(_FACTS)
    right = {"lang": language, "dir": "rtl" if language == "fa" else "ltr", "headings": 1}
    assert facts | right == facts, f"{page.url}: {facts}, not {right}"
    assert facts["title"], f"{page.url} has no title"


def page_must_fit(page: Page) -> None:
    """Check that nothing makes the page scroll sideways at any width."""
    own = page.viewport_size
    assert own is not None
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": own["height"]})
        over = page.evaluate(_OVERFLOW)
        assert over <= 0, f"{page.url} scrolls {over} px sideways at {width}: {page.evaluate(_REACHING_OUT)}"
    page.set_viewport_size(own)


def page_must_bear_large_text(page: Page) -> None:
    """Check that letters of twice the size, set in the browser, make nothing scroll sideways (WCAG 1.4.4)."""
    own = page.viewport_size
    assert own is not None
    settings = page.context.new_cdp_session(page)
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for width in LARGE_TEXT_WIDTHS:
        page.set_viewport_size({"width": width, "height": own["height"]})
        over = page.evaluate(_OVERFLOW)
        assert over <= 0, (
            f"{page.url} scrolls {over} px sideways at {width} with text at 200 %:"
            f" {page.evaluate(_REACHING_OUT)}"
        )
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    settings.detach()
    page.set_viewport_size(own)


def page_must_be_accessible_in_both_themes(page: Page, *, but: tuple[str, ...] = ()) -> None:
    """Have axe-core look at the page as it is, and in its dark colours."""
    page_must_be_accessible(page, but=but)
    page.emulate_media(color_scheme="dark")
    try:
        page_must_be_accessible(page, but=but)
    finally:
        page.emulate_media(color_scheme="light")


def page_must_be_accessible(page: Page, *, but: tuple[str, ...]) -> None:
    """Have axe-core look for violations of WCAG 2.2 AA and of its best practice, `but` for some rules."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run: dict[str, Any] = page.evaluate(_RUN_AXE, [TAGS, {rule: {"enabled": False} for rule in but}])
    assert not run["violations"], f"{page.url}:\n" + "\n".join(
        f"  {each['id']}: {each['help']}: {[node['html'][:160] for node in each['nodes']][:4]}"
        for each in run["violations"]
    )
