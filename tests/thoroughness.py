"""How many made-up examples a costly law is tried on: few in every run of the gate, all of them at leisure.

Each run draws others, so what the gate leaves out it meets some other day.
"""

import os


def examples(many: int, *, in_the_gate: int) -> int:
    """Return `many` under `./dev test --all`, else `in_the_gate`."""
    return many if os.environ.get("PANJEREH_TEST_EVERYTHING") else in_the_gate
