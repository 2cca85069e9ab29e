"""Clock, identity and randomness of the running program."""

import datetime as dt
import os
from uuid import UUID

from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7


class SystemEdge:
    """The real ones."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def new_id(self) -> UUID:
        return make_uuid7(self.now(), entropy=os.urandom(RANDOM_BYTES))

    def draw(self, count: int) -> bytes:
        return os.urandom(count)
