"""What every answer must carry, and what is wrong with one that does not."""

from collections.abc import Iterator

from django.http import HttpResponse

STILL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DEVICES = ("camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()")
LOOSE = ("unsafe-inline", "unsafe-eval", "http:", " *", "blob:", "strict-dynamic")


def faults_of(answer: HttpResponse) -> list[str]:
    """Return what an answer lacks or says wrongly about what a browser may do with it."""
    return list(_faults(answer))


def _faults(answer: HttpResponse) -> Iterator[str]:
    headers = answer.headers
    yield from (f"{name}: {headers.get(name)}" for name, value in STILL.items() if headers.get(name) != value)
    kind = headers.get("Content-Type", "")
    if answer.content and ("/" not in kind or (kind.startswith("text/") and "charset=" not in kind)):
        yield f"kind: {kind}"
    policy = headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'"):
        yield f"policy: {policy}"
    if not {"frame-ancestors 'none'", "sandbox"} & {part.strip() for part in policy.split(";")}:
        yield "may be framed"
    # The identity provider of a practice machine is plain HTTP; it is where forms of signing in lead.
    rest = ";".join(part for part in policy.split(";") if "form-action" not in part)
    yield from (f"loose policy: {word}" for word in LOOSE if word in rest)
    yield from (f"may use {each}" for each in DEVICES if each not in headers.get("Permissions-Policy", ""))


def is_kept(answer: HttpResponse) -> bool:
    """Tell whether a browser or something on the way may keep an answer."""
    return "no-store" not in answer.headers.get("Cache-Control", "")
