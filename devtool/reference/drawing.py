"""A small SVG writer: boxes, arrows and words that can be read in light and in dark.

Words are never below 14 pixels at the drawing's own width, which fits the column of a page. A drawing brings
its own ground, so that it does not depend on the colour of the page around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH = 840
LINE = 19
_STYLE = Path(__file__).with_suffix(".css")


@dataclass
class Drawing:
    """A picture under way; `title` names it and `description` tells it to who cannot see it."""

    title: str
    description: str
    height: int
    _parts: list[str] = field(default_factory=list)

    def box(
        self, x: int, y: int, width: int, lines: tuple[str, ...], *, height: int = 0, kind: str = "box"
    ) -> None:
        """Draw a box; its first line is its name. Lines are centred."""
        height = height or LINE * len(lines) + 16
        self._parts.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/>')
        top = y + (height - LINE * len(lines)) // 2 + 14
        for number, line in enumerate(lines):
            style = "soft" if number else "head"
            self.words(x + width // 2, top + number * LINE, line, style=style, anchor="middle")

    def frame(self, x: int, y: int, width: int, height: int, name: str) -> None:
        """Draw a broken line around what belongs together."""
        self._parts.append(f'<rect class="room" x="{x}" y="{y}" width="{width}" height="{height}" rx="10"/>')
        self.words(x + 14, y + 22, name, style="head")

    def words(self, x: int, y: int, text: str, *, style: str = "", anchor: str = "start") -> None:
        """Write one line, its base line at `y`."""
        self._parts.append(
            f'<text class="{style}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'
        )

    def way(self, path: str, *, both: bool = False) -> None:
        """Draw an arrow along an SVG path."""
        self._parts.append(f'<path class="way{" both" if both else ""}" d="{path}"/>')

    def life(self, x: int, top: int, bottom: int) -> None:
        """Draw the thread of one who takes part in a sequence."""
        self._parts.append(f'<line class="life" x1="{x}" y1="{top}" x2="{x}" y2="{bottom}"/>')

    def svg(self) -> str:
        """Return the whole file."""
        tip = (
            '<marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
            'orient="auto-start-reverse"><path class="tip" d="M0 0L10 5L0 10z"/></marker>'
        )
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" width="{WIDTH}" '
            f'height="{self.height}" role="img" aria-labelledby="title description" lang="en">'
        )
        return "\n".join(
            [
                head,
                f'<title id="title">{escape(self.title)}</title>',
                f'<desc id="description">{escape(self.description)}</desc>',
                f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>",
                f"<defs>{tip}</defs>",
                f'<rect width="{WIDTH}" height="{self.height}" rx="12" class="ground"/>',
                *self._parts,
                "</svg>\n",
            ]
        )
