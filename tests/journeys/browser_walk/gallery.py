"""A page that shows every picture of the walk: `docs/screens.md` for those in `docs/pictures/screens`."""

from pathlib import Path

COLUMNS = ("phone-fa", "desktop-fa", "phone-en", "desktop-en", "phone-fa-dark", "desktop-fa-dark")
HEAD = """# Screens

Every page of the thread as the walk in a real browser saw it, on a running installation with invented people
(`./dev journey --browser --screens docs/pictures/screens` takes them anew and writes this page).
"""


def write(folder: Path, names: list[str]) -> None:
    """Write `screens.md` two folders above the pictures in `folder`, in the order they were taken."""
    pages: dict[str, list[str]] = {}
    for name in names:
        title, way = name.split(".")
        pages.setdefault(title, []).append(way)
    parts = [HEAD]
    for title, ways in pages.items():
        parts.append(f"## {title.replace('-', ' ').capitalize()}\n")
        for way in sorted(ways, key=COLUMNS.index):
            width = 180 if way.startswith("phone") else 480
            source = f"{folder.parent.name}/{folder.name}/{title}.{way}.png"
            parts.append(f'<img src="{source}" width="{width}" alt="{title}, {way}">')
        parts.append("")
    (folder.parents[1] / "screens.md").write_text("\n".join(parts), encoding="utf-8")
