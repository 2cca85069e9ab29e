"""Whose network address a request comes from when proxies stand before the program.

Each proxy adds the address of whoever called it to the end of `X-Forwarded-For`. So with as many trusted
proxies as the operator says, that many addresses from the end are true, and the first of those is the
caller's; what stands before it was written by the caller and may be anything.
"""

from collections.abc import Sequence
from ipaddress import ip_address


def caller_address(peer: str, forwarded: Sequence[str], *, trusted_proxies: int) -> str:
    """Return the caller's address: `peer`'s own unless trusted proxies vouch for another.

    `forwarded` holds the values of the header in their order, `trusted_proxies` how many of our own proxies a
    request passes, 0 for none: then the header is not looked at. A header that is shorter than it must be, or
    holds no address where the caller's belongs, is as if it were not there.
    """
    told = [part.strip() for value in forwarded for part in value.split(",")]
    if not 0 < trusted_proxies <= len(told):
        return peer
    try:
        return str(ip_address(told[-trusted_proxies].strip("[]")))
    except ValueError:
        return peer
