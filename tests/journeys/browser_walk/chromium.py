"""The system's Chromium, driven by Playwright; nothing is downloaded."""

import shutil

PACKAGE = "chromium"


def find() -> str | None:
    """Return where Chromium is installed, or None."""
    return next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


# --no-sandbox: continuous integration and containers run as root, where Chromium refuses its sandbox;
# it opens nothing but our own pages on loopback.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--no-proxy-server", "--font-render-hinting=none"]
