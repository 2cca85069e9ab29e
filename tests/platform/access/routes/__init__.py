"""The table of addresses: who may do what, and what everybody else is told.

Each package of pages brings its own rows in a module here, called after it. One line for a route and a
method, for each thing of Mina's it can be about. `anonymous` has not signed in, `owner` is Mina, `other` is
Arash, who is signed in too. What is not in the table is refused with 405; HEAD is answered as GET where GET
only reads, and refused where GET writes by its protocol.
"""

from tests import collected
from tests.platform.access.lines import Line, Things

_MODULES = collected.modules(__name__, __path__)
LINES: tuple[Line, ...] = collected.rows(_MODULES, "LINES")
# What stands in an address, by what a line says it is of.
THINGS: Things = {"": lambda _: {}, **collected.table(_MODULES, "THINGS")}
# Parts of an address that are nobody's, by route.
PLAIN: dict[str, dict[str, object]] = collected.table(_MODULES, "PLAIN")
# The things of a person, each of which must look absent to everybody else.
OWNED: tuple[str, ...] = collected.rows(_MODULES, "OWNED")
# How many questions a page asks the database, by its address; see `web/test_query_counts.py`.
PINNED: dict[str, int] = collected.table(_MODULES, "PINNED")
# What makes a list of Mina's longer, by the address of the list.
ADDERS = collected.table(_MODULES, "ADDERS")
# Templates that no request in this country renders, and the tests that do; see `web/test_templates.py`.
NOT_RENDERED: dict[str, str] = collected.table(_MODULES, "NOT_RENDERED")
