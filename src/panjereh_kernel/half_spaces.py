"""Half-spaces where the Academy's spelling wants them and people typed a space.

For titles and messages that people write. Not for names of persons and places or for addresses: there a space
may be meant. A prefix glued to its verb without any space is left alone: telling it from a word that begins
with the same letters takes a dictionary.
"""

import re
from typing import Final

from panjereh_kernel import persian_data as data
from panjereh_kernel.persian import normalise

_LETTER: Final = r"[^\W\d_]"
_PREFIX: Final = re.compile(rf"\b({'|'.join(data.VERB_PREFIXES)}) (?={_LETTER}{{2}})")
_ENDING: Final = re.compile(rf"(?<={_LETTER}{{2}}) (?=(?:{'|'.join(data.APART_ENDINGS)})(?![\w{data.ZWNJ}]))")
# After a silent he the short pronouns and the verb "to be" stand apart; elsewhere they are words or joined.
_AFTER_HE: Final = re.compile(
    rf"(?<={_LETTER}{{2}}{data.SILENT_HE}) (?=(?:{'|'.join(data.ENDINGS_AFTER_HE)})(?![\w{data.ZWNJ}]))"
)


def with_half_spaces(text: str) -> str:
    """Return one line, normalised, with verb prefixes and endings tied to their word by a half-space.

    Rules of "The Persian orthography" (Academy of Persian Language and Literature, 1401), on prefixes of
    verbs, plurals, comparatives and enclitics after a silent he. Only spaces change, each into one
    half-space: the letters stay as they are. Applying it twice changes nothing; it never raises.
    """
    tied = _PREFIX.sub(rf"\1{data.ZWNJ}", normalise(text))
    return _AFTER_HE.sub(data.ZWNJ, _ENDING.sub(data.ZWNJ, tied))
