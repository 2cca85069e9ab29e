"""Group commit: one thread owns the log and the replay journal, and writes together whatever waits.

While one batch is being synced the next gathers, so the number of syncs does not grow with the number of
messages. Everything in a batch succeeds or is refused together.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from panjereh_node.adapters.edge import SystemEdge
from panjereh_node.adapters.journal import Memory, ReplayJournal
from panjereh_node.flows.ports import Logged, LoggingFailed
from panjereh_tlog.directory import LogError, TileLog
from panjereh_tlog.hashing import leaf_hash

log = logging.getLogger(__name__)
MAX_WAITING: Final = 4096
MAX_BATCH: Final = 512
PUBLISH_EVERY_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Entry:
    leaf: bytes
    memory: Sequence[Memory]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Logged]


class DiskLedger:
    """The node's ledger. `open_log` is called at the start and after every failed write."""

    def __init__(self, open_log: Callable[[], TileLog], journal: ReplayJournal, *, origin: str) -> None:
        """Open the log now, so that a node whose log is broken or held by another does not start."""
        self._open_log = open_log
        self._journal = journal
        self._origin = origin
        self._log: TileLog | None = open_log()
        self._queue: queue.Queue[_Entry | None] = queue.Queue(MAX_WAITING)
        self._edge = SystemEdge()
        self.is_failing = False
        self._thread = threading.Thread(target=self._run, name="ledger", daemon=True)
        self._thread.start()

    @property
    def origin(self) -> str:
        return self._origin

    async def record(self, leaf: bytes, *, memory: Sequence[Memory] = ()) -> Logged:
        loop = asyncio.get_running_loop()
        entry = _Entry(leaf, memory, loop, loop.create_future())
        try:
            self._queue.put_nowait(entry)
        except queue.Full as error:
            raise LoggingFailed from error
        return await entry.done

    def close(self) -> None:
        """Write what waits, publish, and give the log back."""
        self._queue.put(None)
        self._thread.join()
        self._journal.close()
        self._give_up_log()

    def _run(self) -> None:
        is_open, published_at = True, time.monotonic()
        while is_open:
            batch, is_open = self._gather()
            if batch:
                self._commit(batch)
            # When nothing waits, so that readers see what was written; in a rush, once in a while.
            if not batch or time.monotonic() - published_at >= PUBLISH_EVERY_SECONDS:
                self._publish()
                published_at = time.monotonic()

    def _gather(self) -> tuple[list[_Entry], bool]:
        batch: list[_Entry] = []
        try:
            item = self._queue.get(timeout=PUBLISH_EVERY_SECONDS / 4)
            while item is not None:
                batch.append(item)
                if len(batch) == MAX_BATCH:
                    return batch, True
                item = self._queue.get_nowait()
        except queue.Empty:
            return batch, True
        return batch, False

    def _commit(self, batch: list[_Entry]) -> None:
        try:
            first = self._write(batch)
        except (OSError, LogError):
            log.exception("the log cannot be written; %d messages refused", len(batch))
            self.is_failing = True
            self._give_up_log()
            for entry in batch:
                _settle(entry, None)
            return
        self.is_failing = False
        for offset, entry in enumerate(batch):
            _settle(entry, Logged(first + offset, leaf_hash(entry.leaf)))

    def _write(self, batch: list[_Entry]) -> int:
        # Memory first: a nonce remembered without its log entry refuses one message, the other way round
        # would let one pass twice.
        memory = [item for entry in batch for item in entry.memory]
        if memory:
            self._journal.append(memory, at=self._edge.now())
        if self._log is None:
            self._log = self._open_log()
        first = self._log.size
        self._log.append([entry.leaf for entry in batch])
        return first

    def _publish(self) -> None:
        try:
            if self._log is not None:
                self._log.publish()
        except (OSError, LogError):
            log.exception("the log cannot be published")
            self.is_failing = True
            self._give_up_log()

    def _give_up_log(self) -> None:
        # After a failed write only the disk knows what is in the log: open it anew before the next batch.
        if self._log is not None:
            self._log.close()
            self._log = None


def _settle(entry: _Entry, logged: Logged | None) -> None:
    def settle() -> None:
        if entry.done.done():
            return
        if logged is None:
            entry.done.set_exception(LoggingFailed())
        else:
            entry.done.set_result(logged)

    try:
        entry.loop.call_soon_threadsafe(settle)
    except RuntimeError:
        # The loop is gone and with it whoever waited.
        log.debug("nobody waits any more")


def log_directory(state_directory: Path) -> Path:
    """Return where the log lies in the state directory."""
    return state_directory / "log"
