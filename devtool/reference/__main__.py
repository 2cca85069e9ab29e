"""`./dev docs`: write every page that is out of date, or with `--check` only name them."""

from __future__ import annotations

import sys

from devtool import paths
from devtool.console import say
from devtool.reference import pages


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` say which ones would change and return 1."""
    stale = pages.stale()
    if "--check" in arguments:
        for name in stale:
            say(pages.SENTENCE.format(name=name))
        return int(bool(stale))
    for name, text in stale.items():
        if text is None:
            (paths.ROOT / name).unlink()
        else:
            paths.write_whole(paths.ROOT / name, text, mode=0o644)
        say(f"  {'removed' if text is None else 'wrote'} {name}")
    say(f"{len(pages.made())} pages and pictures, {len(stale)} of them were out of date.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
