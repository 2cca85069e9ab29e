"""How often one caller may call: a counter per minute in memory, for a bounded number of callers."""

import datetime as dt
from collections import OrderedDict

from panjereh_idp.protocol.refusals import TooManyRequests

WINDOW_S = 60
MAX_CALLERS = 10_000


class CallLimit:
    """A cap of calls per caller and minute.

    Each process counts for itself, so the cap of an installation is this one times its processes. When more
    callers come than are remembered, the one seen longest ago is forgotten.
    """

    def __init__(self, calls_per_minute: int) -> None:
        self._cap = calls_per_minute
        self._calls: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def count(self, caller: str, *, at: dt.datetime) -> None:
        """Count one call. Raises `TooManyRequests` above the cap."""
        window = int(at.timestamp()) // WINDOW_S
        last, calls = self._calls.get(caller, (window, 0))
        calls = calls + 1 if last == window else 1
        self._calls[caller] = (window, calls)
        self._calls.move_to_end(caller)
        if len(self._calls) > MAX_CALLERS:
            self._calls.popitem(last=False)
        if calls > self._cap:
            raise TooManyRequests("calls-per-minute")
