"""Pages and what is looked at of them. Each package of pages brings its own rows in a module here.

`PUBLIC` and `SIGNED_IN` are looked at by their address alone: the name is what the picture is called; the
address stands behind the language, as in `/en/about/`. `SEEN_AS` has every template of a page, and the names
under which the walk looks at it, in every language. What is missing there, or was not looked at, is named at
the end of the walk and fails it. `NOT_LOOKED_AT` has frames that other pages fill, and what no walk can bring
about, each with its reason. `EXCUSED` has rules of axe that a page breaks, each with its reason.
"""

from tests import collected

_MODULES = collected.modules(__name__, __path__)
PUBLIC: dict[str, str] = collected.table(_MODULES, "PUBLIC")
SIGNED_IN: dict[str, str] = collected.table(_MODULES, "SIGNED_IN")
SEEN_AS: dict[str, tuple[str, ...]] = collected.table(_MODULES, "SEEN_AS")
NOT_LOOKED_AT: dict[str, str] = collected.table(_MODULES, "NOT_LOOKED_AT")
EXCUSED: dict[str, tuple[str, ...]] = collected.table(_MODULES, "EXCUSED")
