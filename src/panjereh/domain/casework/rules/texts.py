"""A pair of texts as the parameters of a message."""

from collections.abc import Mapping


def both(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return `name_fa` and `name_en` with the texts of the two languages."""
    return {f"{name}_{language}": text for language, text in texts.items()}
