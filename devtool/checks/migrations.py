"""What a migration may not do while the release before it still runs, beside tables that are full.

Rules, by the words of `devtool/migrations-allowed.json`:

- `index`: an index of a table that was there before is made without CONCURRENTLY: writers wait for it.
- `not-null`: a column of such a table has neither `null=True` nor `db_default`: the release before cannot
  insert, as Django takes its own `default` away again.
- `gone`: something is renamed, dropped or given another type, which the release before still uses.
- `constraint`: a constraint is checked against all rows under a lock; `AddConstraintNotValid`, then
  `ValidateConstraint` in a migration of its own, do not.
- `rows`: rows are changed in one transaction, however many they are.

What is in the list was looked at: the table is small, or nothing was released before.
"""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING, Final

from devtool import paths
from devtool.checks import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALLOWED: Final = "devtool/migrations-allowed.json"
_GONE: Final = {"RenameField", "RenameModel", "RemoveField", "DeleteModel", "AlterModelTable", "AlterField"}
_SQL: Final = {
    "index": re.compile(
        r"CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)(?:IF NOT EXISTS\s+)?\S+\s+ON\s+(\S+)", re.IGNORECASE
    ),
    "not-null": re.compile(
        r"ALTER TABLE\s+(\S+)\s+ADD COLUMN(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT NULL\b", re.IGNORECASE
    ),
    "gone": re.compile(
        r"ALTER TABLE\s+(\S+)\s+(?:RENAME|DROP COLUMN|ALTER COLUMN\s+\S+\s+(?:SET DATA )?TYPE)"
        r"|DROP TABLE\s+(\S+)",
        re.IGNORECASE,
    ),
    "constraint": re.compile(r"ALTER TABLE\s+(\S+)\s+ADD CONSTRAINT(?![^;]*\bNOT VALID\b)", re.IGNORECASE),
    "rows": re.compile(
        r"(?:^|;|\")\s*(?:UPDATE\s+(\S+)\s+SET|DELETE\s+FROM\s+(\S+)|INSERT\s+INTO\s+(\S+)[^;]*?\bSELECT\b)",
        re.IGNORECASE,
    ),
}
_MADE: Final = re.compile(r"CREATE TABLE\s+(?:IF NOT EXISTS\s+)?([\w.\"]+)", re.IGNORECASE)


def faults(root: Path = paths.ROOT) -> list[str]:
    """Return a line for each rule a migration breaks, and for each exception that is no longer needed."""
    listed = root / ALLOWED
    allowed: dict[str, list[str]] = json.loads(listed.read_text()) if listed.exists() else {}
    found = {files.shown(path, root): sorted(set(broken(path))) for path in _migrations(root)}
    new = [
        f"{name}: {rule}; see devtool/checks/migrations.py"
        for name, rules in found.items()
        for rule in rules
        if rule not in allowed.get(name, [])
    ]
    stale = [
        f"{name}: {rule} is not broken; take it out of {ALLOWED}"
        for name, rules in allowed.items()
        for rule in rules
        if rule not in found.get(name, [])
    ]
    return new + stale


def broken(path: Path) -> Iterator[str]:
    """Yield the rules that a migration breaks."""
    text = path.read_text()
    if path.suffix == ".sql":
        yield from _broken_by_sql(text, {name.strip('"') for name in _MADE.findall(text)})
        return
    tree = ast.parse(text)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    made = {_subject(call).lower() for call in calls if _name(call) == "CreateModel"}
    for call in calls:
        if (name := _name(call)) == "RunPython":
            yield "rows"
        elif _subject(call).lower() not in made:
            yield from _broken_by(name, call)
    app = path.parent.parent.name
    sql = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    for each in sql:
        yield from _broken_by_sql(each, {f"{app}_{model}" for model in made} | set(_MADE.findall(each)))


def _migrations(root: Path) -> list[Path]:
    return [path for path in files.tracked(root) if "/migrations/0" in path.as_posix()]


def _broken_by(name: str, call: ast.Call) -> Iterator[str]:
    if name == "AddIndex":
        yield "index"
    elif name == "AddConstraint":
        yield "constraint"
    elif name in _GONE:
        yield "gone"
    elif name == "AddField" and not _may_be_left_out(_argument(call, "field", 2)):
        yield "not-null"


def _broken_by_sql(text: str, made: set[str]) -> Iterator[str]:
    for rule, pattern in _SQL.items():
        for match in pattern.finditer(text):
            table = next(group for group in match.groups() if group)
            if table.strip('"') not in made:
                yield rule


def _may_be_left_out(field: ast.expr | None) -> bool:
    if not isinstance(field, ast.Call):
        return False
    given = {keyword.arg: keyword.value for keyword in field.keywords}
    null = given.get("null")
    return "db_default" in given or (isinstance(null, ast.Constant) and null.value is True)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _subject(call: ast.Call) -> str:
    named = _argument(call, "name" if _name(call) == "CreateModel" else "model_name", 0)
    return named.value if isinstance(named, ast.Constant) and isinstance(named.value, str) else ""


def _argument(call: ast.Call, name: str, place: int) -> ast.expr | None:
    by_name = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    return by_name or (call.args[place] if len(call.args) > place else None)
