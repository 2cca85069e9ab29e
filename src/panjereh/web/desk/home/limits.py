"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import LOOKING

LIMITS = {
    "desk:home": (LOOKING,),
}
