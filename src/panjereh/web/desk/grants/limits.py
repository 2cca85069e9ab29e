"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING, LOOKING

LIMITS = {
    "desk:grants": (LOOKING,),
    "desk:grant": (LOOKING,),
    "desk:new_grant": (DOING,),
    "desk:approve_grant": (DOING,),
    "desk:refuse_grant": (DOING,),
    "desk:revoke_grant": (DOING,),
}
