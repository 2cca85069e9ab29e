"""What must hold of every page a person sees."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "vendor" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 1280)
_FACTS = """() => ({
  lang: document.documentElement.lang, dir: document.documentElement.dir,
  title: document.title.trim(), headings: document.querySelectorAll("h1").length,
})"""
_OVERFLOW = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


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
        assert over <= 0, f"{page.url} scrolls {over} px sideways at {width}"
    page.set_viewport_size(own)


def page_must_be_accessible(page: Page) -> None:
    """Have axe-core look for violations of WCAG 2.2 AA and of its best practice."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    assert not run["violations"], f"{page.url}:\n" + "\n".join(
        f"  {each['id']}: {each['help']}: {[node['html'][:160] for node in each['nodes']][:4]}"
        for each in run["violations"]
    )
