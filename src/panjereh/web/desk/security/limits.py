"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING, LOOKING

LIMITS = {
    "desk:security": (LOOKING,),
    "desk:breach": (LOOKING,),
    "desk:new_breach": (DOING,),
    "desk:settle_notice": (DOING,),
    "desk:close_breach": (DOING,),
}
