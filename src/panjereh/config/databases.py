"""Database addresses turned into Django's settings: one alias per role of the database."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict


def database(url: str, *, pool: bool) -> dict[str, Any]:
    """Return Django's settings for one role's address."""
    parts = conninfo_to_dict(url)
    options: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 1}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {
        "ENGINE": "panjereh.plumbing.pooled",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": options | parts,
        # The pool's connections are looked at without a question, see `panjereh.plumbing.pooled`.
        "CONN_HEALTH_CHECKS": not pool,
        "CONN_MAX_AGE": 0 if pool else 60,
    }


class OneHome:
    """Migrations and writes belong to `default`; the other aliases are other roles on the same tables."""

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:  # noqa: ARG002
        """Let tables be made through `default` only."""
        return db == "default"
