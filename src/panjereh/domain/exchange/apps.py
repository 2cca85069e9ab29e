"""The Django app of the room, and the one place where its settings enter."""

from functools import cached_property

from django.apps import AppConfig
from django.conf import settings  # noqa: TID251 -- settings are handed to the room here and nowhere else in it

from panjereh.domain.exchange.evidence_client import EvidenceClient
from panjereh.domain.exchange.node_client import NodeClient
from panjereh.domain.exchange.rules.data_sets import Known, read_known
from panjereh_contracts.configuration import Anchors, read_anchors

DATA_SETS_FILE = "exchange/datasets.json"


class ExchangeConfig(AppConfig):
    """Receipts of what was asked of other agencies."""

    name = "panjereh.domain.exchange"
    label = "exchange"

    @cached_property
    def known(self) -> Known:
        """The data sets this installation knows, read once."""
        return read_known((settings.PANJEREH.data_directory / DATA_SETS_FILE).read_bytes())

    @cached_property
    def node(self) -> NodeClient:
        """The way to our own node; one pool of connections per process."""
        return NodeClient(settings.PANJEREH.node_url, client=settings.PANJEREH.exchange_client)

    @cached_property
    def evidence(self) -> EvidenceClient:
        """The way to what proves a receipt."""
        return EvidenceClient(settings.PANJEREH.node_url, settings.PANJEREH.registry_url)

    @cached_property
    def anchors(self) -> Anchors | None:
        """The registry's keys, from the operator's own file; None where none was given."""
        path = settings.PANJEREH.registry_anchor_file
        return None if path is None else read_anchors(path.read_bytes())
