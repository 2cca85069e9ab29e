"""Which signs of an intrusion there are."""

from enum import StrEnum


class Sign(StrEnum):
    """What was noticed of one asker, once for each of their windows."""

    LIMIT = "limit"  # over a limit of requests
    REFUSED = "refused"  # asked again and again for what is not theirs, or is not there
    TOKENS = "tokens"  # a program whose tokens or proofs do not hold
    CODES = "codes"  # wrong codes at the sign-in, many from one address
