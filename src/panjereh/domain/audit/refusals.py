"""What the record says no to."""

import datetime as dt

from panjereh_kernel.refusal import Refusal


class TransactionsRestarted(Refusal):
    """The database counts its transactions from the start again: leaves could be passed over.

    It happens after a restore from a dump into a new cluster; `pg_resetwal --next-transaction-id` and
    `--epoch` put the counter above the last one seen.
    """

    code = "audit-transactions-restarted"
    status = 500

    def __init__(self, last_transaction: str) -> None:
        super().__init__(last_transaction)
        self.last_transaction = last_transaction


class AuditBroken(Refusal):
    """The record contradicts itself. `part` names the first leaf, tile or checkpoint that is wrong, `differs`
    what is wrong with it (`leaf-bytes`, `hash`, `tile`, `order` or `checkpoint`).
    """

    code = "audit-broken"
    status = 500

    def __init__(self, part: str, why: str, *, differs: str) -> None:
        super().__init__(f"{part}: {why} (differs: {differs})")
        self.part = part
        self.why = why
        self.differs = differs


class ClockWentBack(Refusal):
    """The machine's clock is behind the last published checkpoint: no time is published that goes back.

    Nothing is lost, leaves wait. It ends when the clock is put right, or has passed that time again.
    """

    code = "audit-clock-went-back"
    status = 500

    def __init__(self, last_at: dt.datetime, at: dt.datetime) -> None:
        super().__init__(
            f"it is {at.isoformat()} and the last checkpoint was published at {last_at.isoformat()}"
        )
        self.last_at = last_at
        self.at = at


class NotYetPublished(Refusal):
    """The leaf is written and its proof comes with the next checkpoint, about a second later."""

    code = "audit-leaf-not-yet-published"

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size
