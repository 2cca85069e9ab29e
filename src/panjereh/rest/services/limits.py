"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import READING, SEARCH

LIMITS = {
    "rest:service_search": (SEARCH,),
    "rest:services": (READING,),
    "rest:service": (READING,),
}
