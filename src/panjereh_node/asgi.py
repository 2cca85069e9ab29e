"""The node put together: one loop, two listeners, one ledger thread."""

import asyncio
import logging
import signal
from dataclasses import dataclass
from functools import partial

import aiohttp
from prometheus_client import start_http_server

from panjereh_node.adapters.cache import DiskCache
from panjereh_node.adapters.edge import SystemEdge
from panjereh_node.adapters.edge_app import make_edge_app
from panjereh_node.adapters.journal import ReplayJournal, derive_key
from panjereh_node.adapters.ledger import DiskLedger, log_directory
from panjereh_node.adapters.listening import BoundedProtocol, Listener, PeerProtocol, bind, make_listener
from panjereh_node.adapters.log_reader import LogReader
from panjereh_node.adapters.outbound import (
    SERVICE_TIMEOUT,
    HttpBackends,
    HttpPeers,
    make_session,
)
from panjereh_node.adapters.peer_app import make_peer_app
from panjereh_node.adapters.polling import poll
from panjereh_node.adapters.settings import Settings
from panjereh_node.adapters.trust import make_caller_context, make_listener_context, trust
from panjereh_node.flows.answering import Answering
from panjereh_node.flows.asking import Asking
from panjereh_node.flows.keeping import ConfigurationKeeper
from panjereh_node.protocol.keys import OwnNode
from panjereh_node.protocol.replay import ReplayMemory
from panjereh_tlog.directory import TileLog
from panjereh_tlog.notes import Signer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Store:
    """What the node keeps on disk."""

    ledger: DiskLedger
    memory: ReplayMemory
    reader: LogReader


def open_store(settings: Settings) -> Store:
    """Open log and replay journal; raises if either is broken or held by another process."""
    state = settings.state_directory
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    origin = f"panjereh/node/{settings.id}"
    signer = Signer.make(origin, seed=settings.log_seed)
    directory = log_directory(state)
    memory = ReplayMemory()
    journal = ReplayJournal(state / "replay", key=derive_key(settings.log_seed))
    # The log's lock first: it keeps a second process from the journal too.
    open_log = partial(TileLog.open, directory, signer=signer, origin=origin)
    ledger = DiskLedger(open_log, journal, origin=origin)
    journal.restore(memory, at=SystemEdge().now())
    return Store(ledger, memory, LogReader(directory, origin, signer.verifier()))


async def run(settings: Settings) -> None:
    """Run the node until SIGTERM or SIGINT; requests under way are finished first."""
    store = open_store(settings)
    if settings.metrics_listen:
        host, port = settings.metrics_listen
        start_http_server(port, host)
    try:
        async with make_session(total_timeout=SERVICE_TIMEOUT) as plain:
            await _serve(settings, store, plain)
    finally:
        store.ledger.close()


async def _serve(settings: Settings, store: Store, plain: aiohttp.ClientSession) -> None:
    edge, own = SystemEdge(), OwnNode(settings.id, settings.signing_keys)
    context = make_listener_context(
        certificate_file=settings.tls_certificate_file, key_file=settings.tls_key_file
    )
    keeper = ConfigurationKeeper(
        settings.anchors, DiskCache(settings.state_directory / "configuration.jws"), partial(trust, context)
    )
    keeper.restore()
    peers = HttpPeers(
        make_caller_context(certificate_file=settings.tls_certificate_file, key_file=settings.tls_key_file)
    )
    asking = Asking(own, keeper, store.ledger, peers, edge)
    backends = HttpBackends(plain, settings.backends)
    answering = Answering(own, keeper, store.ledger, backends, store.memory, edge)
    edge_app = make_edge_app(asking, store.reader, is_log_failing=lambda: store.ledger.is_failing)
    listeners = (
        make_listener(edge_app, listen=settings.edge_listen, protocol=BoundedProtocol),
        make_listener(
            make_peer_app(answering), listen=settings.mtls_listen, protocol=PeerProtocol, context=context
        ),
    )
    polling = asyncio.create_task(poll(keeper, plain, settings.registry_url, edge=edge))
    try:
        await _listen(listeners, (settings.edge_listen, settings.mtls_listen))
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await peers.close()


async def _listen(
    listeners: tuple[Listener, Listener], addresses: tuple[tuple[str, int], tuple[str, int]]
) -> None:
    def stop() -> None:
        for listener in listeners:
            listener.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    sockets = [bind(address) for address in addresses]
    async with asyncio.TaskGroup() as group:
        for listener, bound in zip(listeners, sockets, strict=True):
            group.create_task(listener.serve(sockets=[bound]))
