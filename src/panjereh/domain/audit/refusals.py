"""What the record says no to."""

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
    """The record contradicts itself. `part` names the first leaf, tile or checkpoint that is wrong."""

    code = "audit-broken"
    status = 500

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"{part}: {why}")
        self.part = part
        self.why = why


class NotYetPublished(Refusal):
    """The leaf is written and its proof comes with the next checkpoint, about a second later."""

    code = "audit-leaf-not-yet-published"

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size
