"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING

LIMITS = {
    "citizen:take_back": (DOING,),
}
