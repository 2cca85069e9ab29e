"""What the linter judges packs against, gathered through the doors of the lower rooms."""

from panjereh.domain.catalogue.rules.world import DataSetShape, World, data_set_shape
from panjereh.domain.directory import api as directory
from panjereh.domain.exchange import api as exchange


def present_world() -> World:
    """Return the data sets on the exchange and the agencies and law of the directory as of now."""
    shapes = map(_shape, exchange.data_sets())
    return World(
        data_sets={shape.key: shape for shape in shapes},
        agencies=frozenset(directory.agencies()),
        instruments=frozenset(directory.legal_instruments()),
    )


def _shape(data_set: exchange.DataSet) -> DataSetShape:
    return data_set_shape(
        data_set.key, data_set.request_schema, data_set.answer_schema, frozenset(data_set.contracts)
    )
