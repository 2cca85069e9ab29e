"""How much a first visit weighs on the wire."""

from playwright.sync_api import BrowserContext

BUDGET = 60_000  # bytes, without the fonts


def of_first_visit(context: BrowserContext, address: str) -> tuple[int, int]:
    """Open an address with an empty cache. Return the bytes that came: all but fonts, and fonts."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    came: dict[str, int] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: came.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    fonts = sum(size for request, size in came.items() if kinds.get(request) == "Font")
    page.close()
    return sum(came.values()) - fonts, fonts
