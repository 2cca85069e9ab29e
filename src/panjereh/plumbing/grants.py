"""Who may do what with a table, said in the migration that makes it.

Nothing is granted by default: a table without a `Grant` cannot even be read by the programs.

GAP: imports have no role of their own, so the application may add reference data: docs/tutorials/operator.md
says what that risks and what is planned.
"""

from collections.abc import Sequence
from typing import Literal

from django.db import migrations

Right = Literal["SELECT", "INSERT", "UPDATE", "DELETE"]
# The names are fixed, as roles belong to the server and not to one database.
ROLES = {"application": "panjereh_app", "reader": "panjereh_read", "trace": "panjereh_trace"}


class Grant(migrations.RunSQL):
    """Give the three roles the programs run under their rights on one table, and no others."""

    def __init__(
        self,
        table: str,
        *,
        application: Sequence[Right] = (),
        reader: Sequence[Right] = (),
        trace: Sequence[Right] = (),
    ) -> None:
        wanted = {"application": application, "reader": reader, "trace": trace}
        statements = [f'REVOKE ALL ON "{table}" FROM {", ".join(ROLES.values())}']
        statements += [
            f'GRANT {", ".join(rights)} ON "{table}" TO {ROLES[role]}'
            for role, rights in wanted.items()
            if rights
        ]
        self.table, self.wanted = table, wanted
        super().__init__(tuple(statements), reverse_sql=migrations.RunSQL.noop)

    def deconstruct(self) -> tuple[str, list[str], dict[str, Sequence[Right]]]:
        """Return what it takes to write this operation again."""
        return (self.__class__.__qualname__, [self.table], dict(self.wanted))
