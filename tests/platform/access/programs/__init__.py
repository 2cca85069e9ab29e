"""The addresses of the other programs: who may use each, and the test that holds it to that.

Each program brings its own rows in a module here. A line is the program, the address as its source writes it,
who may, and `file::test`.
"""

from tests import collected

PROGRAMS: tuple[tuple[str, str, str, str], ...] = collected.rows(
    collected.modules(__name__, __path__), "PROGRAMS"
)
