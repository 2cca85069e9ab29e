"""Persian text: one spelling at the edge, one forgiving form for search, digits of either script.

Text is normalised once, where it enters; everything behind the edge compares and stores plain strings.
"""

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import Final

from panjereh_kernel import persian_data as data

_TO_ASCII: Final = {
    ord(digit): str(value)
    for digits in (data.PERSIAN_DIGITS, data.ARABIC_DIGITS)
    for value, digit in enumerate(digits)
}
_TO_PERSIAN: Final = {ord(str(value)): digit for value, digit in enumerate(data.PERSIAN_DIGITS)}
_TO_ARABIC: Final = {ord(str(value)): digit for value, digit in enumerate(data.ARABIC_DIGITS)}
_EDGE_LETTERS: Final = str.maketrans(data.LETTERS_AT_THE_EDGE)
_SEARCH_LETTERS: Final = str.maketrans(data.LETTERS_IN_SEARCH)

# Where NFKC is safe: letters in presentation forms and full-width ASCII. Elsewhere it changes meaning
# (a superscript two becomes a plain one, a rial sign becomes a word).
_COMPATIBILITY: Final = re.compile(r"[\ufb50-\ufbb1\ufbd3-\ufd3d\ufe80-\ufefc\uff01-\uff5e]+")
_INVISIBLE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs"})
_LINE_BREAK: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES: Final = re.compile("\n{3,}")
# In one class: with blanks first and a half-space after them a long run of blanks is tried from each of them.
_BLANK_RUN: Final = re.compile(f"[\\s{data.ZWNJ}]+")
_FEW: Final = 1000
_MOST_MARKS: Final = 30
_WORD: Final = re.compile(f"[^\\W_]+(?:{data.ZWNJ}[^\\W_]+)*")


def to_ascii_digits(text: str) -> str:
    """Return `text` with Persian and Arabic digits as 0–9."""
    return text.translate(_TO_ASCII)


def to_persian_digits(text: str) -> str:
    """Return `text` with the digits 0–9 as Persian ones, for the screen."""
    return text.translate(_TO_PERSIAN)


def to_arabic_digits(text: str) -> str:
    """Return `text` with the digits 0–9 as Arabic ones (U+0660–0669), for a text in Arabic."""
    return text.translate(_TO_ARABIC)


def normalise(text: str) -> str:
    """Return the one spelling of a line of text that is stored and compared.

    Persian ye, kaf and he (ISIRI 6219), ASCII digits, composed letters, no tatweel, no direction marks or
    other invisible characters, a half-space only between two letters, one space between words and none at
    the ends. Vowel marks stay: they are part of a name that is written with them. Applying it twice changes
    nothing. Line breaks become spaces: it is for one-line values.
    """
    visible = "".join(character for character in text if _is_kept(character))
    bearable = visible if len(visible) <= _FEW else _with_few_marks(visible)
    plain = _COMPATIBILITY.sub(lambda found: unicodedata.normalize("NFKC", found[0]), bearable)
    letters = to_ascii_digits(unicodedata.normalize("NFC", plain).translate(_EDGE_LETTERS))
    # Composed before the letters are mapped (an Arabic ye takes its hamza in) and put in order after it.
    spelled = unicodedata.normalize("NFC", letters.replace(data.YE_WITH_HAMZA_APART, data.YE_WITH_HAMZA))
    return " ".join(_BLANK_RUN.sub(_clean_blanks, spelled).strip(data.ZWNJ).split())


def normalise_lines(text: str) -> str:
    """Return a text of several lines with each line normalised; at most one empty line stays between two."""
    lines = [normalise(line) for line in _LINE_BREAK.split(text)]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def fold(text: str) -> str:
    """Return what search compares: like `normalise`, and blind to case, hamza, madda and vowel marks."""
    decomposed = unicodedata.normalize("NFKC", normalise(text)).translate(_SEARCH_LETTERS)
    bare = "".join(
        character
        for character in unicodedata.normalize("NFD", decomposed)
        if unicodedata.category(character) != "Mn"
    )
    return normalise(bare.casefold())


def stem(word: str) -> str:
    """Return a folded word without its endings, as long as three letters stay."""
    while (left := _without_ending(word)) != word:
        word = left
    return word


def search_tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of `text` for indexing and for asking, each once, in order of first appearance.

    A word with half-spaces gives its parts and its joined form, two neighbours give their joined form too:
    people write the same compound with a space, a half-space or nothing.
    """
    words = [found.split(data.ZWNJ) for found in _WORD.findall(fold(text))]
    joined = ["".join(parts) for parts in words]
    tokens = [part for parts in words for part in parts]
    tokens += [whole for parts, whole in zip(words, joined, strict=True) if len(parts) > 1]
    tokens += [first + second for first, second in itertools.pairwise(joined)]
    return tuple(dict.fromkeys(stem(token) for token in tokens if token not in data.ENDINGS))


def _without_ending(word: str) -> str:
    for ending in data.ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= data.SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=4096)  # asked for every character of every text, and texts share few
def _is_kept(character: str) -> bool:
    if character == data.ZWNJ or character.isspace():
        return True
    return character != data.TATWEEL and unicodedata.category(character) not in _INVISIBLE_CATEGORIES


def _with_few_marks(text: str) -> str:
    """Return `text` with no more marks on a letter than any language writes (UAX #15, 13: thirty).

    Putting the marks of a letter in order takes the square of their number, and a sender may send many.
    """
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _clean_blanks(run: re.Match[str]) -> str:
    return data.ZWNJ if set(run[0]) == {data.ZWNJ} else " "
