"""The files of the front end, served from memory: compressed once, and cached for ever by browsers.

An address made by `pages.asset` carries a mark of the content (`?v=…`). Asked for with the right mark, a file
never changes, and no browser asks again; without it, as for a font named in a style sheet, it is asked about
once a day. They are few and small, so they are read when the process starts: an address is looked up in a
table and no path is ever opened for a visitor.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

Respond: TypeAlias = Callable[..., Any]
Application: TypeAlias = Callable[[dict[str, Any], Respond], Iterable[bytes]]

PREFIX: Final = "/static/"
MARK_LENGTH: Final = 10
_TEXT: Final = (".css", ".js", ".svg")
# Documents are set in these; no page loads them.
_NOT_SERVED: Final = ("fonts/typst/",)
_FOR_EVER, _FOR_A_DAY = "public, max-age=31536000, immutable", "public, max-age=86400"


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    compressed: bytes | None
    kind: str
    mark: str


def mark_of(content: bytes) -> str:
    """Return the mark of a file's content that its address carries."""
    return hashlib.sha256(content).hexdigest()[:MARK_LENGTH]


class Assets:
    """WSGI: answers what lies under `/static/`, each time with `headers`, and hands everything else on."""

    def __init__(
        self, application: Application, directory: Path, *, headers: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.application = application
        self.files = dict(_files(directory))
        self.headers = tuple(headers.items())

    def __call__(self, environ: dict[str, Any], respond: Respond) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return self.application(environ, respond)
        file = self.files.get(path.removeprefix(PREFIX))
        if file is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            absent = [("Content-Length", "0"), ("Cache-Control", "no-store"), *self.headers]
            respond("404 Not Found", absent)
            return []
        return _answer(file, environ, respond, self.headers)


def _answer(
    file: _File, environ: dict[str, Any], respond: Respond, fixed: Iterable[tuple[str, str]]
) -> Iterable[bytes]:
    is_marked = environ.get("QUERY_STRING") == f"v={file.mark}"
    headers = [*fixed, ("Cache-Control", _FOR_EVER if is_marked else _FOR_A_DAY)]
    body, tag = file.content, file.mark
    if file.compressed is not None:
        headers.append(("Vary", "Accept-Encoding"))
        if _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            body, tag = file.compressed, f"{file.mark}-gzip"
            headers.append(("Content-Encoding", "gzip"))
    headers.append(("ETag", f'"{tag}"'))
    if environ.get("HTTP_IF_NONE_MATCH") == f'"{tag}"':
        respond("304 Not Modified", headers)
        return []
    respond("200 OK", [*headers, ("Content-Type", file.kind), ("Content-Length", str(len(body)))])
    return [body] if environ["REQUEST_METHOD"] == "GET" else []


def _takes_gzip(accepted: str) -> bool:
    """Whether a browser takes gzip: it names it, and not with a weight of nothing."""
    for each in accepted.lower().split(","):
        coding, _, weight = each.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "").removeprefix("q=").strip("0.") != "" or not weight
    return False


def _files(directory: Path) -> Iterable[tuple[str, _File]]:
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if path.is_file() and not name.startswith(_NOT_SERVED) and not path.name.startswith("."):
            yield name, _read(path)


def _read(path: Path) -> _File:
    content = path.read_bytes()
    is_text = path.suffix in _TEXT
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return _File(
        content=content,
        # No time in it: two processes give the same bytes.
        compressed=gzip.compress(content, 9, mtime=0) if is_text else None,
        kind=f"{kind}; charset=utf-8" if is_text else kind,
        mark=mark_of(content),
    )
