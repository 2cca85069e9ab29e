"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING, SIGN_IN

LIMITS = {
    "desk:sign_in": (SIGN_IN,),
    "desk:place": (DOING,),
}
