"""What the endpoints share: the provider, the clock, the caps."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from panjereh_idp.adapters.limits import CallLimit
from panjereh_idp.adapters.store import PostgresStore
from panjereh_idp.flows.provider import Provider
from panjereh_kernel.forwarded import caller_address, counted_address


@dataclass(frozen=True, slots=True)
class Runtime:
    """A serving provider. `clock` returns the present instant in UTC."""

    provider: Provider
    store: PostgresStore
    clock: Callable[[], dt.datetime]
    limit: CallLimit
    is_https: bool
    trusted_proxies: int


def runtime_of(request: Request) -> Runtime:
    runtime = request.app.state.runtime
    assert isinstance(runtime, Runtime)  # noqa: S101 -- starlette's state is untyped
    return runtime


def caller_of(request: Request) -> str:
    """Return the network address of the caller, as our own proxies vouch for it and limits count it."""
    return counted_address(
        caller_address(
            request.client.host if request.client else "",
            request.headers.getlist("x-forwarded-for"),
            trusted_proxies=runtime_of(request).trusted_proxies,
        )
    )
