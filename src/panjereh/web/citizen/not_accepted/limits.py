"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING

LIMITS = {
    "citizen:not_accepted": (DOING,),
    "citizen:not_accepted_why": (DOING,),
}
