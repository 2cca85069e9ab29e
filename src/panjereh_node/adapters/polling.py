"""Ask the registry for the configuration, again and again, and never mind when it is away."""

import asyncio
import logging
from typing import Final

import aiohttp

from panjereh_contracts.configuration import ConfigurationRolledBackError, Freshness
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_contracts.reading import UnreadableError
from panjereh_node.adapters.outbound import fetch_configuration
from panjereh_node.flows.keeping import ConfigurationKeeper
from panjereh_node.flows.ports import Edge

log = logging.getLogger(__name__)
POLL_SECONDS: Final = 30.0
# While there is none, or a stale one: soon, so that the order of starting programs does not matter.
POLL_SECONDS_WHEN_STALE: Final = 1.0


async def poll_once(keeper: ConfigurationKeeper, session: aiohttp.ClientSession, registry_url: str) -> None:
    """Fetch and take up the configuration; a registry that is down or lies changes nothing."""
    try:
        keeper.accept(await fetch_configuration(session, registry_url))
    except (SignatureInvalid, UnreadableError, ConfigurationRolledBackError) as fault:
        log.error("the registry's configuration is refused: %s", fault)  # noqa: TRY400 -- no trace needed
    except OSError as fault:
        log.warning("no configuration from the registry: %s", fault)


async def poll(
    keeper: ConfigurationKeeper, session: aiohttp.ClientSession, registry_url: str, *, edge: Edge
) -> None:
    """Poll until cancelled."""
    while True:
        await poll_once(keeper, session, registry_url)
        is_fresh = keeper.freshness(at=edge.now()) is Freshness.FRESH
        await asyncio.sleep(POLL_SECONDS if is_fresh else POLL_SECONDS_WHEN_STALE)
