"""Plays requests against the WSGI application of this process: `python -m benchmarks.window.player serve`.

A request is a line of JSON on stdin, `{"asks": […], "count": n}`: the asks are played in turn, n requests in
all, one after the other. The answer is a line on stdout: processor seconds of the process, wall seconds of
each request, and of the last of each ask its length and words (`--show` asks with `"show": true`).
"""

from __future__ import annotations

import io
import json
import sys
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from collections.abc import Callable

# `serve` on the command line makes the settings take a pool of connections, as the real server does.
assert sys.argv[1:] == ["serve"], "the player stands in for the server"
OK = 200
# Each engine of sessions reads what it wrote itself.
COOKIE = "plain_cookie" if settings.SESSION_ENGINE.startswith("django.") else "cookie"
application = get_wsgi_application()


def main() -> None:
    """Answer until stdin ends."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(_play(**json.loads(line)), ensure_ascii=False), flush=True)


def _play(*, asks: list[dict[str, Any]], count: int, show: bool = False) -> dict[str, Any]:
    environs = [_environ(ask["path"], ask[COOKIE]) for ask in asks]
    bodies: list[tuple[int, bytes]] = []
    walls: list[float] = []
    cpu = time.process_time()
    for number in range(count):
        begun = time.perf_counter()
        bodies.append(_request(environs[number % len(environs)]))
        assert bodies[-1][0] == OK, f"{asks[number % len(asks)]['path']}: {bodies[-1][0]}"
        walls.append(time.perf_counter() - begun)
    spent = time.process_time() - cpu
    for number, (_, body) in enumerate(bodies):
        _check(asks[number % len(asks)], body.decode())
    shown = [body.decode() for _, body in bodies[-len(asks) :]] if show else []
    return {
        "cpu": spent,
        "walls": walls,
        "bytes": sum(len(body) for _, body in bodies) / count,
        "shown": shown,
    }


def _request(environ: dict[str, Any]) -> tuple[int, bytes]:
    said: list[str] = []

    def respond(status: str, _headers: Any, _fault: Any = None) -> Callable[[bytes], object]:
        said.append(status)
        return lambda _body: None  # nobody writes by it

    answer = application(environ | {"wsgi.input": io.BytesIO()}, respond)
    try:
        return int(said[0].split()[0]), b"".join(answer)
    finally:
        answer.close()


def _check(ask: dict[str, Any], text: str) -> None:
    missing = [word for word in ask["words"] if word not in text]
    assert not missing, f"{ask['path']} does not show {missing}"


def _environ(address: str, cookie: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "HTTP_ACCEPT": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "HTTP_ACCEPT_LANGUAGE": "fa,en;q=0.8",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "HTTP_USER_AGENT": "Mozilla/5.0",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


if __name__ == "__main__":
    main()
