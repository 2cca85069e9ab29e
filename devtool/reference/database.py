"""Tables with their columns, constraints and the rights of each role, from models and migrations."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import cache

from devtool.reference import markdown, source

_ROLES = ("application", "reader", "trace")
_SHORT = {"SELECT": "read", "INSERT": "add", "UPDATE": "change", "DELETE": "delete"}
_IDP = "panjereh_idp/adapters/migrations"
_CREATE = re.compile(r"CREATE TABLE (\S+) \((.*?)\n\);", re.DOTALL)
_GRANT = re.compile(r"GRANT ([A-Z, ]+) ON ((?:idp\.\w+(?:, )?)+) TO")


@dataclass(frozen=True)
class Table:
    """One table of one room."""

    room: str
    name: str
    meaning: str
    columns: tuple[tuple[str, str], ...]  # name, kind
    constraints: tuple[str, ...] = field(default=())


def page() -> str:
    """Return the page of tables."""
    found = tables()
    return markdown.page(
        "Database",
        "Two databases: the platform's and the identity provider's. Nothing is granted by default: a "
        "table's rights stand in the migration that makes it, and the programs run under these roles, "
        "never as the owner. `sealed_…` columns are AES-256-GCM under a key a person; `…_index` columns are "
        "blind indexes. Between rooms there are plain identifiers, no foreign keys.",
        markdown.section("Rights in the platform's database", _rights_table()),
        *(
            markdown.section(f"`{room}`", *(_table(each) for each in found if each.room == room))
            for room in sorted({each.room for each in found})
        ),
        markdown.section("Queue and sessions", _elsewhere()),
        markdown.section("Identity provider", _idp_table()),
    )


def rights() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return table → role → rights, as the last migration that speaks of the table says."""
    found = {}
    for module in source.modules("panjereh"):
        if "/migrations/" in module.path:
            for _, call in source.calls(module, "Grant"):
                given = {str(word.arg): tuple(ast.literal_eval(word.value)) for word in call.keywords}
                found[source.text_of(call.args[0])] = given
            room = module.path.split("/")[-3]
            for _, call in source.calls(module, "migrations.DeleteModel"):
                gone = source.text_of(source.keyword(call, "name") or call.args[0]).lower()
                found.pop(f"{room}_{gone}", None)
    return found


@cache
def tables() -> tuple[Table, ...]:
    """Return the tables of every room, by room and in the order of its module."""
    return tuple(
        _read(module, node)
        for module in source.modules("panjereh")
        if module.path.endswith("/models.py")
        for node in source.classes(module)
        if _is_model(module, node) and not _is_abstract(node)
    )


def _above(module: source.Module, node: ast.ClassDef) -> list[ast.ClassDef]:
    names = list(map(source.written, node.bases))
    return [each for each in source.classes(module) if each.name in names]


def _is_model(module: source.Module, node: ast.ClassDef) -> bool:
    return "models.Model" in map(source.written, node.bases) or any(
        _is_model(module, each) for each in _above(module, node)
    )


def _meta(node: ast.ClassDef) -> ast.ClassDef | None:
    return next((line for line in node.body if isinstance(line, ast.ClassDef) and line.name == "Meta"), None)


def _is_abstract(node: ast.ClassDef) -> bool:
    meta = _meta(node)
    return meta is not None and "abstract = True" in map(source.written, meta.body)


def _columns_of(module: source.Module, node: ast.ClassDef) -> list[tuple[str, str]]:
    own = [
        (source.written(line.targets[0]), _kind(line.value))
        for line in node.body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Call)
    ]
    return [column for each in _above(module, node) for column in _columns_of(module, each)] + own


def _read(module: source.Module, node: ast.ClassDef) -> Table:
    room = module.path.split("/")[-2]
    columns = _columns_of(module, node)
    meta = _meta(node)
    names = [
        source.text_of(source.keyword(call, "name"))
        for call in (ast.walk(meta) if meta else [])
        if isinstance(call, ast.Call) and source.last_name(call).endswith("Constraint")
    ]
    name = f"{room}_{node.name.lower()}"
    return Table(room, name, source.first_sentence(node), tuple(columns), tuple(filter(None, names)))


def _kind(call: ast.Call) -> str:
    words = [re.sub(r"Field$", "", source.last_name(call))]
    length = source.keyword(call, "max_length")
    words[0] += f"({source.written(length)})" if length is not None else ""
    for name, word in (("primary_key", "key"), ("unique", "unique"), ("null", "may be empty")):
        value = source.keyword(call, name)
        if isinstance(value, ast.Constant) and value.value is True:
            words.append(word)
    return ", ".join(words)


def _rights_table() -> str:
    known = rights()
    rows = [
        [markdown.code(name), *(_say(known[name].get(role, ())) for role in _ROLES)] for name in sorted(known)
    ]
    return markdown.table(("table", *_ROLES), rows)


def _say(granted: tuple[str, ...]) -> str:
    return ", ".join(_SHORT[right] for right in granted) or markdown.NONE


def _table(each: Table) -> str:
    columns = markdown.table(("column", "kind"), [(markdown.code(name), kind) for name, kind in each.columns])
    held = f"Held by the database: {markdown.codes(each.constraints)}." if each.constraints else ""
    return "\n\n".join(filter(None, (f"### `{each.name}`", each.meaning, columns, held)))


def _elsewhere() -> str:
    return (
        "`procrastinate_*` (jobs) and `django_session` belong to their libraries. The application role works "
        "the queue by the rights that the first migration of `plumbing` gives."
    )


def _idp_table() -> str:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((source.SOURCE / _IDP).glob("*.sql")))
    given = {
        table.strip(): rights.split(", ")
        for rights, tables in _GRANT.findall(text)
        for table in tables.split(",")
    }
    rows = [
        [markdown.code(name), markdown.codes(_columns(body)), _say(tuple(given.get(name, ())))]
        for name, body in _CREATE.findall(text)
    ]
    return markdown.table(("table", "columns", "application"), rows)


def _columns(body: str) -> list[str]:
    lines = [line.split() for line in body.splitlines() if line.strip()]
    return [words[0] for words in lines if words[0] != "CONSTRAINT"]
