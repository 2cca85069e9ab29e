"""Publish: hand out the current edition, signing a new one first when it is due."""

import datetime as dt
import logging
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts.reading import UnreadableError
from panjereh_registry.protocol.publication import Edition, Lifetimes, is_due, make_edition

log = logging.getLogger(__name__)


class Shelf(Protocol):
    """Where the source comes from and the current edition is kept."""

    def read_source(self) -> bytes:
        """Return the source as it is now; `OSError` if it cannot be read."""
        ...

    def load(self) -> Edition | None:
        """Return the last edition stored, None if there never was one."""
        ...

    def store(self, edition: Edition) -> None:
        """Keep `edition` so that it survives a power cut before this returns; `OSError` if it may not."""
        ...


class NothingToPublishError(Exception):
    """There is neither a good source nor an edition that was signed before."""


@dataclass(slots=True)
class Publisher:
    """One per state directory: two would hand out the same serial twice."""

    shelf: Shelf
    key: ec.EllipticCurvePrivateKey
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    source_fault: str | None = None

    def current(self, *, at: dt.datetime) -> Edition:
        """Return the edition to hand out at `at`; it is stored before it is ever shown.

        Neither a source that became unreadable nor a full disk takes the exchange down: the last edition goes
        on until it runs out, and `source_fault` says what is wrong. Raises `NothingToPublishError`.
        """
        held = self.shelf.load()
        try:
            source = self.shelf.read_source()
            if held is not None and not is_due(held, source=source, lifetimes=self.lifetimes, at=at):
                self.source_fault = None
                return held
            edition = make_edition(held, source=source, key=self.key, lifetimes=self.lifetimes, at=at)
            self.shelf.store(edition)
        except (UnreadableError, OSError) as fault:
            return self._held_in_spite_of(fault, held)
        self.source_fault = None
        log.info("signed configuration %d", edition.serial)
        return edition

    def _held_in_spite_of(self, fault: Exception, held: Edition | None) -> Edition:
        self.source_fault = str(fault)
        log.error("nothing new can be published: %s", fault)
        if held is None:
            raise NothingToPublishError(str(fault)) from fault
        return held
