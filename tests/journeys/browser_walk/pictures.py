"""Pictures of the pages, small enough to be kept beside the words."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page

MOST_BYTES = 250_000
COLOURS, EXACT = 256, 160
TALLEST = 1800
IN_DARK = {"home", "service", "case-issued", "check-valid"}
# English is walked through and looked at like Persian; pictures of it are kept of these, or the folder would
# grow beyond what a clone should carry.
IN_ENGLISH = {
    "home",
    "service",
    "review",
    "case-issued",
    "documents",
    "check-valid",
    "figure",
    "for-programs",
}


@dataclass
class Album:
    """Where the pictures go; without a folder none is taken."""

    folder: Path | None
    taken: list[str] = field(default_factory=list)

    def take(self, page: Page, name: str, way: str) -> None:
        """Photograph a page, and some in their dark colours too."""
        if self.folder is None or not way or (way.endswith("-en") and name not in IN_ENGLISH):
            return
        self._keep(page, f"{name}.{way}")
        if name in IN_DARK and way in {"phone-fa", "desktop-fa"}:
            page.emulate_media(color_scheme="dark")
            self._keep(page, f"{name}.{way}-dark")
            page.emulate_media(color_scheme="light")

    def _keep(self, page: Page, name: str) -> None:
        assert self.folder is not None
        size = page.viewport_size
        assert size is not None
        height = min(TALLEST, max(size["height"], page.evaluate("document.documentElement.scrollHeight")))
        clip: FloatRect = {"x": 0, "y": 0, "width": size["width"], "height": height}
        picture = page.screenshot(full_page=True, clip=clip, animations="disabled")
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.png").write_bytes(_small(picture))
        self.taken.append(name)


def _small(picture: bytes) -> bytes:
    """Return the picture with its commonest colours exactly as they are, and the rest as near as 256 allow.

    A page is flat areas and the edges of letters: what a median over all of it would wash out, such as a
    small star, is one of the commonest colours and stays true.
    """
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    common = sorted(image.getcolors(image.width * image.height) or [], reverse=True)
    exact = [colour for _, colour in common[:EXACT]]
    rest = image.quantize(colors=COLOURS - len(exact), method=Image.Quantize.FASTOCTREE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in exact for part in colour] + rest)
    kept = io.BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    if kept.tell() > MOST_BYTES:
        raise AssertionError(f"a picture stays larger than {MOST_BYTES:,} bytes")
    return kept.getvalue()
