"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING, LOOKING

LIMITS = {
    "desk:erasures": (LOOKING,),
    "desk:erasure": (LOOKING,),
    "desk:new_erasure": (DOING,),
    "desk:approve_erasure": (DOING,),
    "desk:refuse_erasure": (DOING,),
}
