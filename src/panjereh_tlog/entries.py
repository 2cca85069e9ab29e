"""What an entry is called, for logs whose entries are JSON objects with an `id`."""

import json


def entry_id(entry: bytes) -> str:
    """Return the `id` in an entry, a dash if it has none that can be read.

    For people who look for it: nothing is decided by it.
    """
    try:
        return str(json.loads(entry)["id"])
    except (ValueError, KeyError, TypeError):
        return "-"
