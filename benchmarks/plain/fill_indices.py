"""Fill the reference's tables of indices: `python -m benchmarks.plain.fill_indices`."""

import json

import django

django.setup()

from itertools import pairwise  # noqa: E402 -- models need Django ready

from benchmarks.plain.index_models import IndexEdition, Score  # noqa: E402
from panjereh.domain.indices import api as indices  # noqa: E402


def fill() -> None:
    """Write every edition with its scores. What a page would else compute at each request is kept, too:
    what an edition measures otherwise, and which of its figures need an explanation.
    """
    for index in sorted({each.index for each in indices.editions()}):
        tables = indices.edition_tables(index)
        changes = [(), *(indices.method_changes(a.method, b.method) for a, b in pairwise(tables))]
        for table, changed in zip(tables, changes, strict=True):
            _edition(index, table, list(changed))


def _edition(index: str, table: indices.EditionTable, changes: list[str]) -> None:
    known = indices.edition(index, table.edition)
    row = IndexEdition.objects.create(
        index=index,
        year=table.edition,
        title_fa=known.title["fa"],
        title_en=known.title["en"],
        method=json.dumps(dict(known.method_told)),
        changes=changes,
    )
    explained = {each.iso3 for each in indices.explained_figures(index, table.edition)}
    Score.objects.bulk_create(
        Score(
            edition=row,
            country_id=state.iso3,
            is_ranked=state.ranked,
            rank=state.published_rank,
            egdi=state.values.get(index),
            needs_explaining=state.iso3 in explained,
            **{part: state.values.get(part) for part in Score.PARTS[1:]},
        )
        for state in table.rows
    )


if __name__ == "__main__":
    fill()
