"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING, LOOKING

LIMITS = {
    "desk:jobs": (LOOKING,),
    "desk:job": (LOOKING,),
    "desk:retry_job": (DOING,),
    "desk:put_aside_job": (DOING,),
}
