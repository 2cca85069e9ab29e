"""The few pages a browser sees here, in Persian and English at once: at this point no language is known."""

from functools import cache
from importlib import resources
from string import Template


def page(name: str, *, reason: str = "") -> str:
    """Return a page. `reason` is one of our own stable words, never anything that came with the request."""
    return _template(name).substitute(reason=reason)


@cache
def _template(name: str) -> Template:
    return Template(resources.files(__name__).joinpath(f"{name}.html").read_text(encoding="utf-8"))
