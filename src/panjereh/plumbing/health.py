"""Whether the program lives and whether it can serve, see `panjereh_kernel.health`.

The checks run on threads of their own, one for the database and one for the key token: either that says
nothing at all would hold a request for as long as the program is patient with it, which is longer than
whoever asks for our health waits.
"""

import logging
import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.apps import apps
from django.conf import settings
from django.db import Error, connections
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse

from panjereh.plumbing.wrapping import KEY_BYTES, WrappingKeyMissing, WrappingKeys
from panjereh_kernel.health import LIVE, PATIENCE_SECONDS, Check, readiness
from panjereh_kernel.refusal import Refusal

log = logging.getLogger(__name__)
_checker: Final = ThreadPoolExecutor(1, thread_name_prefix="health")
_token_checker: Final = ThreadPoolExecutor(1, thread_name_prefix="health-token")
# The tables that every operation and every reading of another's data adds to, by the role that does.
_RECORDS: Final = {"default": "audit_leaf", "trace": "audit_accesstrace"}


def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """Answer 200 as long as the process answers at all."""
    return JsonResponse(LIVE)


def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """Answer 200 when everything a page needs is there, 503 with the checks that fail."""
    until = time.monotonic() + PATIENCE_SECONDS
    asked = [(_checker.submit(_failing), Check.DATABASE_AWAY)]
    token = settings.PANJEREH.token_keys
    if token is not None:
        asked.append((_token_checker.submit(_failing_token, token), Check.KEY_TOKEN_AWAY))
    failing = [check for each, silent in asked for check in _told(each, silent, until=until)]
    answer = readiness(failing)
    return JsonResponse(answer.body, status=answer.status, content_type=answer.media_type)


def _told(asked: Future[list[Check]], silent: Check, *, until: float) -> list[Check]:
    try:
        return asked.result(max(0.0, until - time.monotonic()))
    except TimeoutError:
        asked.cancel()  # if it only waits for its turn: nobody waits for its answer
        return [silent]


def _failing_token(token: WrappingKeys) -> list[Check]:
    """Have the token wrap and unwrap something: the session, the PIN and the current key in one."""
    drawn = os.urandom(KEY_BYTES)
    try:
        return [] if token.unwrap(*token.wrap(drawn)) == drawn else [Check.KEY_TOKEN_AWAY]
    except (Refusal, WrappingKeyMissing, InvalidUnwrap) as fault:
        log.warning("the key token is not usable: %s", getattr(fault, "code", type(fault).__name__))
        return [Check.KEY_TOKEN_AWAY]


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
