"""Templates compiled once per language: what is the same on every page of a language is written into it.

Half of a page is words and addresses that only depend on the language. `_("…")`, `url("…")`, `asset("…")`
and `language()` with nothing but constants become constants of the compiled template, and Jinja joins them
with the text around.
"""

import threading
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from django.conf import settings
from django.utils import translation
from jinja2 import Environment, Template, nodes
from jinja2.visitor import NodeTransformer

Make = Callable[[str], "LanguageEnvironment"]


class LanguageEnvironment(Environment):
    """The environment of the pages of one language. `constant` are its functions of constants alone."""

    def __init__(self, language: str, constant: Mapping[str, Callable[..., str]], **options: Any) -> None:
        super().__init__(**options)
        self.language, self.constant = language, constant

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 -- Jinja's signature
    ) -> str:
        # Jinja's own hook for this, called before a template becomes Python.
        with translation.override(self.language):
            return super()._generate(_Folding(self.constant).visit(source), name, filename, defer_init)


class PageEnvironment(Environment):
    """What Django asks for a template: each in the language of the page that is being made."""

    def __init__(self, make: Make, **options: Any) -> None:
        super().__init__(**options)
        self._make = make
        self._environments: dict[str, LanguageEnvironment] = {}
        self._turn = threading.Lock()

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 -- Jinja's signature
    ) -> Template:
        return self._speaking().get_template(name, parent, globals)

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 -- Jinja's signature
        template_class: type[Template] | None = None,
    ) -> Template:
        return self._speaking().from_string(source, globals, template_class)

    def forget_templates(self) -> None:
        """Drop what was compiled: the next page loads its templates, their parts and macros again."""
        with self._turn:
            self._environments.clear()

    def _speaking(self) -> LanguageEnvironment:
        language = translation.get_language() or settings.LANGUAGE_CODE
        if language not in self._environments:
            with self._turn:
                self._environments.setdefault(language, self._make(language))
        return self._environments[language]


class _Folding(NodeTransformer):
    """Replaces calls whose answer is known when the template is compiled."""

    def __init__(self, constant: Mapping[str, Callable[..., str]]) -> None:
        self.constant = constant

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 -- Jinja's name
        call = self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in self.constant:
            return call
        values = [*node.args, *(keyword.value for keyword in node.kwargs)]
        if node.dyn_args or node.dyn_kwargs or not all(isinstance(each, nodes.Const) for each in values):
            return call
        if node.kwargs and node.node.name in ("_", "pgettext"):
            return call  # words with values in them
        arguments = [each.value for each in node.args if isinstance(each, nodes.Const)]
        keywords = {each.key: each.value.as_const() for each in node.kwargs}
        return nodes.Const(self.constant[node.node.name](*arguments, **keywords), lineno=node.lineno)
