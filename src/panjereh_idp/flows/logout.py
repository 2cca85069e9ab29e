"""A person signs out: the session ends with its tokens (RP-Initiated Logout 1.0)."""

from collections.abc import Mapping

from panjereh_idp.flows.provider import Provider
from panjereh_idp.protocol import jose
from panjereh_idp.protocol.authorization import with_query
from panjereh_idp.protocol.refusals import BrowserCannotContinue
from panjereh_idp.protocol.tokens import read_logout_hint

MAX_STATE = 512


async def log_out(parameters: Mapping[str, str], *, provider: Provider) -> str | None:
    """End the session the identity token names and return where the browser goes, None for nowhere.

    Raises `BrowserCannotContinue`, and ends nothing, without a token of ours or for an address that is not
    registered for exactly this client: an open redirect would lend our name to anybody.
    """
    hint = read_logout_hint(
        parameters.get("id_token_hint", ""),
        issuer=provider.issuer,
        keys={jose.key_id(provider.signing_key): provider.signing_key},
    )
    client = provider.clients.get(hint.client_id)
    if client is None or parameters.get("client_id", hint.client_id) != hint.client_id:
        raise BrowserCannotContinue("logout-hint-of-another-client")
    address = parameters.get("post_logout_redirect_uri")
    if address is not None and address not in client.post_logout_redirect_uris:
        raise BrowserCannotContinue("logout-address-not-registered")
    state = parameters.get("state", "")
    if len(state) > MAX_STATE:
        raise BrowserCannotContinue("parameter-too-long")
    await provider.store.end_session(hint.session_id)
    return with_query(address, {"state": state}) if address and state else address
