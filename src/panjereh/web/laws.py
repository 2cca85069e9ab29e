"""How a page cites the law.

A statement is shown as law only if a text of the law stands behind it (`Certainty.is_law`); what is general
knowledge or an assumption is shown apart, under that name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory

_NOTE = "note-"


@dataclass(frozen=True, slots=True)
class ShownLaw:
    """A reference to the law: instrument, title, article or note (empty if the whole), how sure."""

    instrument: str
    title: catalogue.Texts
    article: str
    note: str
    certainty: catalogue.Certainty


def cite(laws: Iterable[catalogue.Law]) -> list[ShownLaw]:
    """Return references as pages show them, in the order given; the directory is asked once."""
    wanted = tuple(laws)
    instruments = directory.legal_instruments({law.instrument for law in wanted})
    return [
        ShownLaw(
            instrument=law.instrument,
            title=instruments[law.instrument].title,
            article="" if law.article.startswith(_NOTE) else law.article,
            note=law.article.removeprefix(_NOTE) if law.article.startswith(_NOTE) else "",
            certainty=law.certainty,
        )
        for law in wanted
    ]
