"""Cursors that save exchanges with the server: BEGIN goes with the first statement of a transaction, and what
answers nothing with whatever comes next. See ADR 0011.

psycopg has no public way to do so at this price, so `_execute_gen` is its own, for statements that the server
knows by name already. A version of psycopg that no longer calls it falls back to exchanges of their own.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

import psycopg
from psycopg._preparing import Prepare
from psycopg.adapt import Transformer
from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from psycopg.abc import Params, PQGen, Query
    from psycopg.pq.abc import PGresult

Send: TypeAlias = Callable[[], None]


class Line(Protocol):
    """What a cursor needs of its connection: see `panjereh.plumbing.postgresql.connection`."""

    unsent: list[Send]

    def exchange(self, *sends: Send) -> "PQGen[list[PGresult]]":
        """Send what is unsent, and `sends`, at once; return the last answer."""


class Cursor(psycopg.Cursor[Any]):
    """The cursor of every question."""

    @property
    def _line(self) -> Line:
        return cast("Line", self._conn)

    def _execute_gen(
        self,
        query: "Query",
        params: "Params | None" = None,
        *,
        prepare: bool | None = None,
        binary: bool | None = None,
    ) -> "PQGen[None]":
        begin = self._begin()
        goes_along = (begin or self._line.unsent) and prepare is None and binary is None
        known = self._known(query, params) if goes_along else None
        if known is None:
            yield from super()._execute_gen(query, params, prepare=prepare, binary=binary)
            return
        answer = yield from self._line.exchange(*begin, known)
        self._set_results(answer)
        yield from self._conn._prepared.maintain_gen(self._conn)  # noqa: SLF001 -- as psycopg does

    def _begin(self) -> "list[Send]":
        """Return what begins a transaction, where one is due."""
        if self._conn.autocommit or self._pgconn.transaction_status != TransactionStatus.IDLE:
            return []
        begin = self._conn._get_tx_start_command()  # noqa: SLF001 -- as psycopg does
        return [partial(self._pgconn.send_query_params, begin, None)]

    def _known(self, query: "Query", params: "Params | None") -> "Send | None":
        """Return how to send a statement that the server knows by its name, None for any other."""
        self._reset()
        if self._last_query is not query:
            self._tx = Transformer(self)
            self._last_query = query
        asked = self._convert_query(query, params)
        state, name = self._get_prepared(asked)
        if state is not Prepare.YES:
            return None
        self._conn._prepared.maybe_add_to_cache(asked, state, name)  # noqa: SLF001 -- it is the latest used
        self._query = asked
        return partial(
            self._pgconn.send_query_prepared,
            name,
            asked.params,
            param_formats=asked.formats,
            result_format=self.format,
        )


class Teller(Cursor):
    """A cursor of statements that answer nothing: inside a transaction they are sent with what comes next."""

    def execute(self, query: Any, params: "Params | None" = None, **options: Any) -> "Teller":
        """Carry a statement out, at once or with the next. What is wrong with it may be told by that one."""
        is_inside = self._pgconn.transaction_status == TransactionStatus.INTRANS
        known = self._known(query, params) if is_inside else None
        if known is None:
            super().execute(query, params, **options)
        else:
            self._line.unsent.append(known)
        return self


class Asker(Cursor):
    """A cursor of questions: it is used again, so it lets go of what was fetched."""

    def fetchall(self) -> list[Any]:
        """Return all rows, once."""
        rows = super().fetchall()
        self._reset()
        return rows
