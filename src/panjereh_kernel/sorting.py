"""The order of a Persian list, the same in every program and in every database.

Code points put 29 of the 33 letters in the wrong place, and the ICU locale that would put it right is not in
every PostgreSQL. A key is a string of bytes whose plain order is the order of the locale fa_IR (CLDR 48):
first the letters, where these are alike the forms of letters and the vowel marks, then the case of Latin
letters. Two texts have the same key exactly where the locale takes them for equal.

The function `panjereh_sort_key(text)` of the database makes the same bytes; a test holds the two together.
"""

from typing import Final, NamedTuple

from panjereh_kernel import sorting_data as data

_LEVEL: Final = "\x01"  # parts two levels of a key: below every weight
_PLAIN: Final = "\x02"  # the weight of a plain letter on the second and third level
_FIRST: Final = 2  # weights are the characters from U+0002 on: all below the first letter that is not known


class SortTables(NamedTuple):
    """Per level what each character becomes; a character that is to vanish is missing in `to`.

    Each is a pair of strings as SQL's `translate` takes them: characters, and their weights in order.
    """

    primary: tuple[str, str]
    secondary: tuple[str, str]
    tertiary: tuple[str, str]


def sort_key(text: str) -> bytes:
    """Return the bytes by which lists of Persian and Latin text are ordered, and page by page continued.

    For the letters of Persian, Arabic, Kurdish, Azeri and Urdu, Latin-1 letters, digits of the three
    scripts and usual signs the order is that of ICU's `fa_IR`; other characters follow these in the order
    of their code points, and an ellipsis is one sign instead of three. Letters are compared as written:
    `normalise` first, or composed and decomposed forms differ. Never raises; a half of a surrogate pair
    counts as a question mark.
    """
    levels = [text.translate(table) for table in _TABLES]
    key = levels[0] + _LEVEL + levels[1].rstrip(_PLAIN) + _LEVEL + levels[2].rstrip(_PLAIN)
    # An empty end orders as before, and most words then cost nothing beyond their letters.
    return key.rstrip(_LEVEL).encode("utf-8", "replace")


def sort_tables() -> SortTables:
    """Return the tables the key is made with, for a twin in another language."""
    return SortTables(_primary(), _secondary(), _tertiary())


def _primary() -> tuple[str, str]:
    quotes = {forms[0]: forms for forms in data.QUOTES}
    with_quotes = [quotes.get(sign, sign) for sign in data.PUNCTUATION]
    spaces = [*data.SPACES[:-1], data.SPACES[-1] + "\u00a0\u202f"]
    groups = [*spaces, *with_quotes, *data.DIGITS, *map(_both_cases, data.LETTERS)]
    pairs = [(character, chr(weight)) for weight, group in enumerate(groups, _FIRST) for character in group]
    # SQL searches these strings from their beginning for every letter: what is common stands first.
    pairs.sort(key=lambda pair: pair[0] not in data.COMMON)
    return _columns(pairs, vanishing=data.MARKS + data.IGNORED)


def _secondary() -> tuple[str, str]:
    forms = {
        character: chr(ord(_PLAIN) + place)
        for group in (*data.LETTERS, *data.QUOTES)
        for place, form in enumerate(group)
        for character in _both_cases(form)
    }
    after_forms = ord(_PLAIN) + max(map(len, data.LETTERS))
    marks = {mark: chr(after_forms + place) for place, mark in enumerate(data.MARKS)}
    plain = dict.fromkeys(_primary()[0][: len(_primary()[1])], _PLAIN)
    return _columns(list((plain | forms | marks).items()), vanishing=data.IGNORED)


def _tertiary() -> tuple[str, str]:
    capitals = {character: chr(ord(_PLAIN) + 1) for group in data.LETTERS for character in _capitals(group)}
    spaces = dict.fromkeys("\u00a0\u202f", chr(ord(_PLAIN) + 1))
    plain = dict.fromkeys(_secondary()[0][: len(_secondary()[1])], _PLAIN)
    return _columns(list((plain | capitals | spaces).items()), vanishing=data.IGNORED)


def _both_cases(group: str) -> str:
    return group + _capitals(group)


def _capitals(group: str) -> str:
    return "".join(letter.upper() for letter in group if letter.upper() != letter)


def _columns(pairs: list[tuple[str, str]], *, vanishing: str) -> tuple[str, str]:
    controls = map(chr, (*range(1, 0x20), *range(0x7F, 0xA0)))
    known, weights = zip(*pairs, strict=True)
    ignored = vanishing + "".join(control for control in controls if control not in data.SPACES)
    return "".join(known) + ignored, "".join(weights)


def _table(columns: tuple[str, str]) -> dict[int, str | None]:
    characters, weights = columns
    return {0: None} | {
        ord(character): weights[place] if place < len(weights) else None
        for place, character in enumerate(characters)
    }


_TABLES: Final = tuple(_table(columns) for columns in sort_tables())
