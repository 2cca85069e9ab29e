"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import SIGN_IN

LIMITS = {
    "citizen:account_sign_in": (SIGN_IN,),
}
