"""Keep the configuration: believe only what an anchor signed, never go back, go on while it is usable."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from panjereh_contracts.configuration import (
    Anchors,
    Configuration,
    ConfigurationOutdated,
    Freshness,
    check_succession,
    verify_configuration,
)

log = logging.getLogger(__name__)


class Cache(Protocol):
    """The last accepted configuration on disk."""

    def load(self) -> bytes | None:
        """Return the bytes stored last, None if there are none."""
        ...

    def store(self, jws: bytes) -> None:
        """Keep `jws` in place of the last, whole or not at all."""
        ...


@dataclass(slots=True)
class ConfigurationKeeper:
    """Holds the configuration for the whole node. `on_change` runs for every edition accepted."""

    anchors: Anchors
    cache: Cache
    on_change: Callable[[Configuration], None]
    held: Configuration | None = None

    def restore(self) -> None:
        """Take up the cached configuration, verified again: the disk is not trusted more than the network.

        Raises what `verify_configuration` raises.
        """
        jws = self.cache.load()
        if jws is not None:
            self._take(verify_configuration(jws, anchors=self.anchors))

    def accept(self, jws: bytes) -> None:
        """Take up a configuration from the registry and keep it on disk.

        Raises what `verify_configuration` and `check_succession` raise; the one held then stays.
        """
        configuration = verify_configuration(jws, anchors=self.anchors)
        check_succession(configuration, held=self.held)
        if self.held is None or configuration.serial > self.held.serial:
            self.cache.store(jws)
            self._take(configuration)

    def _take(self, configuration: Configuration) -> None:
        self.held = configuration
        self.on_change(configuration)
        log.info("configuration %d taken up", configuration.serial)

    def usable(self, *, at: dt.datetime) -> Configuration:
        """Return the configuration to judge by at `at`; raises `ConfigurationOutdated`."""
        if self.held is None or self.held.freshness(at=at) is Freshness.OUTDATED:
            raise ConfigurationOutdated
        return self.held

    def freshness(self, *, at: dt.datetime) -> Freshness:
        """Say how far the configuration held may be trusted; none at all is outdated."""
        return Freshness.OUTDATED if self.held is None else self.held.freshness(at=at)
