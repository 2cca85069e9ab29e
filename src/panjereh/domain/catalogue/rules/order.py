"""Persian order: by the alphabet, where code points would put «پ», «چ», «ژ», «ک», «گ» and «ی» last."""

from typing import Final

from panjereh_kernel.persian import fold
from panjereh_kernel.persian_data import ALPHABET, ZWNJ

_PLACES: Final = {letter: chr(0xE000 + place) for place, letter in enumerate(ALPHABET)}
_AS_THEY_ARE: Final = str.maketrans(_PLACES)


def sort_key(text: str) -> str:
    """Return what to sort a title by: blind to case, vowel marks and half-spaces."""
    return fold(text).replace(ZWNJ, "").translate(_AS_THEY_ARE)


def initial(text: str) -> str:
    """Return the letter a title stands under."""
    return fold(text)[:1].upper()
