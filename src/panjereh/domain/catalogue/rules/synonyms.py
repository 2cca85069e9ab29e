"""Words that mean the same to somebody who looks for a service."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from panjereh_kernel.persian import search_tokens


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of words, each written as a person reads it."""

    groups: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, raw: bytes) -> "Synonyms":
        """Read the list. Raises `KeyError` or `ValueError` for a document that is none."""
        return cls(tuple(tuple(map(str, group)) for group in json.loads(raw)["groups"]))

    def added_to(self, query: str) -> tuple[str, ...]:
        """Return the words to look for beside the query's: the rest of each group one of them is in."""
        asked = set(search_tokens(query))
        return tuple(
            dict.fromkeys(
                word
                for group in self.groups
                if any(_is_in(word, asked) for word in group)
                for word in group
                if not _is_in(word, asked)
            )
        )


def tokens_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the tokens of several texts, each once."""
    return tuple(dict.fromkeys(token for text in texts for token in search_tokens(text)))


def _is_in(word: str, asked: set[str]) -> bool:
    """Whether a word or phrase is among the tokens, in whatever form it was written."""
    parts = [search_tokens(part) for part in word.split()]
    return bool(parts) and all(set(part) & asked for part in parts)
