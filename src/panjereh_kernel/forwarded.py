"""Whose network address a request comes from when proxies stand before the program.

Each proxy adds the address of whoever called it to the end of `X-Forwarded-For`. So with as many trusted
proxies as the operator says, that many addresses from the end are true, and the first of those is the
caller's; what stands before it was written by the caller and may be anything.
"""

from collections.abc import Sequence
from ipaddress import IPv6Address, IPv6Network, ip_address

# What one household or phone is given of IPv6: whoever has it has all its addresses.
HOUSEHOLD_BITS = 64


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


def counted_address(address: str) -> str:
    """Return what limits count for a caller's address: itself, and of IPv6 the network of a household.

    Otherwise one line would have more addresses to try from than there are tries. What is no address is
    returned as it is.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((parsed, HOUSEHOLD_BITS), strict=False))
