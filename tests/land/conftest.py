"""One practice country for all tests: it is only read."""

import asyncio
import datetime as dt
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from panjereh_land.asgi import make_app
from panjereh_land.country import Country, make_country
from panjereh_land.stories import Role, Story, roles

ROOT = Path(__file__).resolve().parents[2]
AT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def country() -> Country:
    return make_country()


@pytest.fixture(scope="session")
def acts(country: Country) -> dict[Story, Role]:
    """Return one person of each story."""
    return {role.story: role for role in reversed(list(roles(country)))}


class Caller:
    """Calls the application through its ASGI door, from one network address."""

    def __init__(self, app: Starlette, *, address: str = "127.0.0.1") -> None:
        self._transport = httpx.ASGITransport(app, client=(address, 50_000))

    def get(self, path: str) -> httpx.Response:
        return self._call("GET", path)

    def post(self, path: str, *, json: object = None, content: bytes | None = None) -> httpx.Response:
        return self._call("POST", path, json=json, content=content)

    def _call(self, method: str, path: str, **body: Any) -> httpx.Response:
        async def call() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://land") as client:
                return await client.request(method, path, **body)

        return asyncio.run(call())


@pytest.fixture
def agencies(country: Country) -> Caller:
    return Caller(make_app(country, clock=lambda: AT))


@pytest.fixture(scope="session")
def data_sets() -> dict[str, dict[str, Any]]:
    document = json.loads((ROOT / "data/exchange/datasets.json").read_text("utf-8"))
    return {entry["key"]: entry for entry in document["data_sets"]}
