"""Headers and cookies where no route answers, and as they are over HTTPS."""

import importlib.util
import os
from http.cookies import SimpleCookie
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from panjereh.config import wsgi
from panjereh.plumbing import headers
from panjereh.web.desk.entry import cookies as desk_cookies
from panjereh.web.public.home import views as home
from tests.platform.access.headers import STILL, faults_of

HTTPS = "https://window.example"
SOURCE = Path(headers.__file__).parents[1]


@pytest.mark.parametrize(
    ("method", "path", "status", "more"),
    [
        ("GET", "/nowhere/", 404, {}),
        ("GET", "/api/v1/nowhere", 404, {}),
        ("PUT", "/", 405, {}),
        ("POST", "/check/", 403, {}),
        ("GET", "/", 400, {"headers": {"host": "elsewhere.example"}}),
        (
            "POST",
            "/check/",
            413,
            {"data": b"a=1&" * 2000, "content_type": "application/x-www-form-urlencoded"},
        ),
    ],
)
def test_a_refusal_carries_them_too(method: str, path: str, status: int, more: dict[str, Any]):
    client = Client(enforce_csrf_checks=status == 403)

    answer = client.generic(method, path, **more)

    assert (answer.status_code, faults_of(answer)) == (status, [])


def test_a_bug_carries_them_too(monkeypatch: pytest.MonkeyPatch):
    def break_down(*_args: Any, **_more: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(home, "render", break_down)

    answer = Client(raise_request_exception=False).get("/")

    assert (answer.status_code, faults_of(answer)) == (500, [])


@pytest.mark.parametrize("path", ["/static/mark.svg", "/static/nowhere.js"])
def test_a_file_of_the_front_end_runs_nothing_and_is_framed_by_nobody(path: str):
    said: dict[str, str] = {}
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": ""}

    list(wsgi.application(asked, lambda _status, told: said.update(told)))

    assert {name: said.get(name) for name in STILL} == STILL
    assert said["Content-Security-Policy"] == headers.FILE_POLICY


def read_again(path: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a module as it is where people come by HTTPS."""
    monkeypatch.setitem(os.environ, "PANJEREH_PUBLIC_URL", HTTPS)
    spec = importlib.util.spec_from_file_location("over_https", SOURCE / path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def over_https(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """Let this process be one whose public address is HTTPS; plain HTTP comes from the proxy."""
    read = read_again("config/settings.py", monkeypatch)
    for name in vars(read):
        if name.startswith(("SESSION_COOKIE", "CSRF_COOKIE", "CSRF_TRUSTED", "PANJEREH")):
            setattr(settings, name, getattr(read, name))
    settings.ALLOWED_HOSTS = ["window.example"]
    return settings


def cookie_of(answer: Any, name: str) -> dict[str, Any]:
    cookie = SimpleCookie(answer.cookies.output(header=""))[name]
    return {part: cookie[part] for part in ("secure", "httponly", "samesite", "path", "domain")}


STRICT = {"secure": True, "httponly": True, "samesite": "Lax", "path": "/", "domain": ""}


def test_over_https_cookies_are_for_this_host_alone_and_no_script_reads_them(over_https: Any):
    client = Client(headers={"host": "window.example"})
    session = client.session
    session["seen"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    answer = client.post("/sign-out")
    form = client.get("/check/")

    assert settings.SESSION_COOKIE_NAME.startswith("__Host-")
    assert settings.CSRF_COOKIE_NAME.startswith("__Host-")
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["path"] == "/"
    assert cookie_of(form, settings.CSRF_COOKIE_NAME) == STRICT
    assert settings.SESSION_COOKIE_SECURE
    assert settings.SESSION_COOKIE_HTTPONLY


def test_over_https_the_cookie_of_the_desk_is_for_this_host_alone(
    over_https: Any, monkeypatch: pytest.MonkeyPatch
):
    assert read_again("web/desk/entry/cookies.py", monkeypatch).DESK_COOKIE == "__Host-panjereh-desk"
    assert desk_cookies.DESK_COOKIE != settings.SESSION_COOKIE_NAME


def test_over_https_browsers_are_told_to_stay_there(over_https: Any):
    answer = Client(headers={"host": "window.example"}).get("/about/")

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_behind_a_proxy_that_ends_tls_a_form_of_our_own_is_taken(over_https: Any):
    assert post_from("https://window.example") == 422


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://window.example", "null"])
def test_behind_a_proxy_that_ends_tls_a_form_from_elsewhere_is_refused(over_https: Any, origin: str):
    assert post_from(origin) == 403


def post_from(origin: str) -> int:
    """Send the form of the check with its right token, as a browser that says where the form stood."""
    client = Client(enforce_csrf_checks=True, headers={"host": "window.example"})
    page = client.get("/check/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = client.post("/check/", {"csrfmiddlewaretoken": token}, headers={"origin": origin})
    return answer.status_code
