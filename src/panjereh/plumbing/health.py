"""Whether the program lives and whether it can serve, see `panjereh_kernel.health`.

The checks run on a thread of their own: a database that says nothing at all would hold a request for as long
as the program is patient with it, which is longer than whoever asks for our health waits.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import Error, connections
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse

from panjereh_kernel.health import LIVE, PATIENCE_SECONDS, Check, readiness

_checker: Final = ThreadPoolExecutor(1, thread_name_prefix="health")
# The tables that every operation and every reading of another's data adds to, by the role that does.
_RECORDS: Final = {"default": "audit_leaf", "trace": "audit_accesstrace"}


def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """Answer 200 as long as the process answers at all."""
    return JsonResponse(LIVE)


def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """Answer 200 when everything a page needs is there, 503 with the checks that fail."""
    try:
        failing = _checker.submit(_failing).result(PATIENCE_SECONDS)
    except TimeoutError:
        failing = [Check.DATABASE_AWAY]
    answer = readiness(failing)
    return JsonResponse(answer.body, status=answer.status, content_type=answer.media_type)


def _failing() -> list[Check]:
    try:
        return [*_failing_keys(), *_failing_database()]
    except Error:
        return [*_failing_keys(), Check.DATABASE_AWAY]
    finally:
        connections.close_all()  # this thread's own: back to the pool


def _failing_keys() -> Iterator[Check]:
    values = vars(settings.PANJEREH)
    paths = [value for name, value in values.items() if name.endswith("key_file") and isinstance(value, Path)]
    if not all(os.access(path, os.R_OK) for path in paths):
        yield Check.KEY_UNREADABLE


def _failing_database() -> Iterator[Check]:
    with connections["reader"].cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        if _migrations() - set(cursor.fetchall()):
            yield Check.MIGRATION_PENDING
            return
    if not all(_can_add(alias, table) for alias, table in _RECORDS.items()):
        yield Check.LOG_NOT_WRITABLE


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations this version was written for, by name alone: loading them takes seconds."""
    homes = {app.label: MigrationLoader.migrations_module(app.label)[0] for app in apps.get_app_configs()}
    found = {label: find_spec(home) for label, home in homes.items() if home}
    return frozenset(
        (label, module.name)
        for label, spec in found.items()
        if spec
        for module in iter_modules(spec.submodule_search_locations)
    )


def _can_add(alias: str, table: str) -> bool:
    """Whether a role may add to a table, and on a database that takes changes: no replica does."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('transaction_read_only') = 'off'"
            " AND has_table_privilege(%s::text, 'INSERT')",
            [table],
        )
        return bool(cursor.fetchone()[0])
