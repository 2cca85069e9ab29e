"""Reading a file of a pack: YAML without its magic and without its bombs, every value with its line.

A pack is untrusted input. Scalars stay strings (no dates, no `no` that is false); anchors, aliases, tags,
second documents and duplicate keys are refused before anything is built, and sizes are capped.
"""

from dataclasses import dataclass
from typing import Final

import yaml

MAX_BYTES: Final = 128 * 1024
MAX_DEPTH: Final = 12
MAX_NODES: Final = 4000

Tree = dict[str, "Tree"] | list["Tree"] | str
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with a pack: file, line, stable number, what it is about (in English)."""

    file: str
    line: int
    number: str
    about: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.number} {self.about}"


class FaultySourceError(Exception):
    """A file that cannot be read at all; carries the one fault that stopped the reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Source:
    """A file as plain dicts, lists and strings, and the line of every value in it."""

    file: str
    tree: Tree
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest value around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_source(file: str, content: bytes) -> Source:
    """Return the content of a YAML file. Raises `FaultySourceError` (P002 to P006)."""
    if len(content) > MAX_BYTES:
        raise FaultySourceError(Fault(file, 1, "P002", f"larger than {MAX_BYTES} bytes"))
    try:
        text = content.decode()
        _check_events(file, text)
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except UnicodeDecodeError as fault:
        raise FaultySourceError(Fault(file, 1, "P003", "not UTF-8")) from fault
    except yaml.YAMLError as fault:
        line = getattr(getattr(fault, "problem_mark", None), "line", 0) + 1
        raise FaultySourceError(Fault(file, line, "P003", "not valid YAML")) from fault
    lines: dict[Path, int] = {}
    tree = _build(file, root, (), lines) if root is not None else {}
    return Source(file, tree, lines)


def _check_events(file: str, text: str) -> None:
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
            raise FaultySourceError(Fault(file, line, "P004", "anchors, aliases and tags are not allowed"))
        if documents > 1 or depth > MAX_DEPTH or nodes > MAX_NODES:
            raise FaultySourceError(Fault(file, line, "P006", "too deep, too many values or two documents"))


def _build(file: str, node: yaml.Node, path: Path, lines: dict[Path, int]) -> Tree:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Tree] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in mapping:
                line = key.start_mark.line + 1
                raise FaultySourceError(Fault(file, line, "P005", "a key twice, or no plain key"))
            mapping[key.value] = _build(file, value, (*path, key.value), lines)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_build(file, item, (*path, place), lines) for place, item in enumerate(node.value)]
    return str(node.value)
