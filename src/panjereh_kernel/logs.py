"""What a program says, one line of JSON at a time, made so that no personal data gets into it.

A message is written by us and holds ids. The text of an exception is not: a library puts into it what it was
given, such as the row a database refused. So a failure is told by its types and by where in the code it came
from, and its text is left out.
"""

import datetime as dt
import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from typing import Any


class JsonLines(logging.Formatter):
    """Write a record as one line: `at`, `level`, `logger`, `said`, what it knows besides, and its failure."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. What a record knows besides stands in its `facts`: plain values by name."""
        line: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, tz=dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["failure"] = [_told(each) for each in _chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False, default=str)


def configuration(*, loggers: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """Return what `logging.config.dictConfig` takes: everything from INFO on, as lines on stderr.

    `loggers` sets single ones. Servers that write the addresses they were asked for are kept silent.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "panjereh_kernel.tracing.WithRequestId"}},
        "formatters": {"line": {"()": "panjereh_kernel.logs.JsonLines"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request"]},
            # A logger without a handler is not silent: Python then writes its warnings to stderr itself.
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "granian.access": {"handlers": ["nowhere"], "propagate": False},
            "uvicorn.access": {"handlers": ["nowhere"], "propagate": False},
            "httpx": {"level": "WARNING"},
            **{name: dict(setting) for name, setting in (loggers or {}).items()},
        },
    }


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield a failure and what led to it, as Python would print them."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    # What a database calls its refusal: a code, and the name of the rule that was broken.
    if state := getattr(error, "sqlstate", None):
        told["sqlstate"] = state
    if rule := getattr(getattr(error, "diag", None), "constraint_name", None):
        told["constraint"] = rule
    return told
