"""What the linter judges packs against, gathered through the doors of the lower rooms."""

from collections.abc import Iterable

from panjereh.domain.catalogue.rules.world import DataSetShape, Instrument, Validity, World, data_set_shape
from panjereh.domain.directory import api as directory
from panjereh.domain.exchange import api as exchange


def present_world() -> World:
    """Return the data sets on the exchange and the agencies and law of the directory as of now."""
    shapes = map(_shape, exchange.data_sets())
    return World(
        data_sets={shape.key: shape for shape in shapes},
        agencies=frozenset(directory.agencies()),
        instruments=_instruments(),
    )


def _instruments() -> dict[str, Instrument]:
    articles = directory.legal_articles()
    return {
        known.id: Instrument(
            Validity(known.binds_from, known.ended_on, known.certainty), _numbers(articles.get(known.id, ()))
        )
        for known in directory.legal_instruments().values()
    }


def _numbers(articles: Iterable[directory.Article]) -> dict[str, tuple[Validity, ...]]:
    found: dict[str, tuple[Validity, ...]] = {}
    for article in articles:
        validity = Validity(article.valid_from, article.valid_to, article.certainty)
        found[article.number] = (*found.get(article.number, ()), validity)
    return found


def _shape(data_set: exchange.DataSet) -> DataSetShape:
    return data_set_shape(
        data_set.key, data_set.request_schema, data_set.answer_schema, frozenset(data_set.contracts)
    )
