"""What browsers visit: authorize, the way back from the account plane, logout; and the two cookies."""

from starlette.requests import Request
from starlette.responses import Response

from panjereh_idp.adapters.http.answers import html, see_other
from panjereh_idp.adapters.http.forms import read_form, read_parameters
from panjereh_idp.adapters.http.runtime import Runtime, runtime_of
from panjereh_idp.flows.authorize import NextStep, authorize, resume
from panjereh_idp.flows.logout import log_out

SESSION = "panjereh_idp_session"
BROWSER = "panjereh_idp_browser"


async def authorize_endpoint(request: Request) -> Response:
    """RFC 6749 section 3.1, only for pushed requests (RFC 9126 section 4)."""
    runtime = runtime_of(request)
    step = await authorize(
        await _parameters(request),
        browser=_cookie(request, BROWSER, runtime),
        session_cookie=_cookie(request, SESSION, runtime),
        provider=runtime.provider,
        at=runtime.clock(),
    )
    return _go(step, runtime)


async def resume_endpoint(request: Request) -> Response:
    """Where the account plane sends the browser back."""
    runtime = runtime_of(request)
    step = await resume(
        read_parameters(request.url.query).get("verifier", ""),
        browser=_cookie(request, BROWSER, runtime),
        provider=runtime.provider,
        at=runtime.clock(),
    )
    return _go(step, runtime)


async def logout_endpoint(request: Request) -> Response:
    """OpenID Connect RP-Initiated Logout 1.0 section 2."""
    runtime = runtime_of(request)
    address = await log_out(await _parameters(request), provider=runtime.provider)
    answer = html("signed_out") if address is None else see_other(address)
    answer.delete_cookie(
        _cookie_name(SESSION, runtime), path="/", secure=runtime.is_https, httponly=True, samesite="lax"
    )
    return answer


async def _parameters(request: Request) -> dict[str, str]:
    if request.method == "POST":
        return await read_form(request)
    return read_parameters(request.url.query)


def _go(step: NextStep, runtime: Runtime) -> Response:
    answer = see_other(step.address)
    for name, value in ((BROWSER, step.browser), (SESSION, step.session)):
        if value is not None:
            # No lifetime: the cookie goes with the browser window, and the row in the database ends sooner.
            answer.set_cookie(
                _cookie_name(name, runtime),
                value,
                path="/",
                secure=runtime.is_https,
                httponly=True,
                samesite="lax",
            )
    return answer


def _cookie(request: Request, name: str, runtime: Runtime) -> str | None:
    return request.cookies.get(_cookie_name(name, runtime))


def _cookie_name(name: str, runtime: Runtime) -> str:
    return f"__Host-{name}" if runtime.is_https else name
