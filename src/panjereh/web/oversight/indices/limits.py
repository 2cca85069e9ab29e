"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import KEEPING

LIMITS = {
    "oversight:index_keep": (KEEPING,),
}
