"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import SEARCH

LIMITS = {
    "public:services": (SEARCH,),
}
