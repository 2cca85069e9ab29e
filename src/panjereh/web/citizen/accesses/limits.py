"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import TAKING_AWAY

LIMITS = {
    "citizen:receipt_file": (TAKING_AWAY,),
    "citizen:receipt_bundle": (TAKING_AWAY,),
}
