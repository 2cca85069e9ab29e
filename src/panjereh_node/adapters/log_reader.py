"""The node's own log for everybody to read: C2SP tiles and checkpoint, and proofs one at a time."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from panjereh_tlog.directory import LogError, PublishedLog
from panjereh_tlog.notes import Verifier

# c2sp.org/tlog-tiles: <level or entries>/<index in groups of three>[.p/<width>]. Nothing else is a file here.
_TILE: Final = re.compile(r"(?:entries|[0-5]?[0-9])(?:/x[0-9]{3}){0,6}/[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?")
_NATURAL: Final = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True, slots=True)
class LogReader:
    """The published part of this node's log; it trails what is written by about a second."""

    directory: Path
    origin: str
    verifier: Verifier

    def read(self, name: str) -> bytes | None:
        """Return a published file, None if there is none of that name."""
        try:
            return (self.directory / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def prove(self, index: int, size: int | None) -> dict[str, object]:
        """Return the inclusion proof of an entry; raises `IndexError`, `LogError`."""
        log = PublishedLog(self.directory, origin=self.origin, verifier=self.verifier)
        proof = log.inclusion_proof(index, size=size)
        return {
            "index": index,
            "size": log.size if size is None else size,
            "checkpoint": log.note,
            "hashes": [base64.b64encode(part).decode() for part in proof],
        }

    async def checkpoint(self, _request: Request) -> Response:
        raw = await run_in_threadpool(self.read, "checkpoint")
        if raw is None:
            return PlainTextResponse("", 404)
        return Response(raw, media_type="text/plain; charset=utf-8", headers={"cache-control": "no-store"})

    async def tile(self, request: Request) -> Response:
        name = request.path_params["name"]
        raw = await run_in_threadpool(self.read, f"tile/{name}") if _TILE.fullmatch(name) else None
        if raw is None:
            return PlainTextResponse("", 404)
        return Response(raw, media_type="application/octet-stream")

    async def proof(self, request: Request) -> Response:
        index, size = request.query_params.get("index", ""), request.query_params.get("size")
        if not _NATURAL.fullmatch(index) or (size is not None and not _NATURAL.fullmatch(size)):
            return JSONResponse({"code": "malformed-query"}, 400)
        try:
            wanted = None if size is None else int(size)
            return JSONResponse(await run_in_threadpool(self.prove, int(index), wanted))
        except IndexError:
            return JSONResponse({"code": "not-in-the-log-yet"}, 404)
        except LogError:
            return JSONResponse({"code": "log-not-readable"}, 503)

    async def key(self, _request: Request) -> Response:
        # For information: whoever verifies takes the key from somewhere they trust.
        return PlainTextResponse(f"{self.verifier}\n")

    def routes(self) -> list[Route]:
        return [
            Route("/log/checkpoint", self.checkpoint),
            Route("/log/tile/{name:path}", self.tile),
            Route("/log/proof", self.proof),
            Route("/log/key", self.key),
        ]
