"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING, LOOKING

LIMITS = {
    "desk:editions": (LOOKING,),
    "desk:edition": (LOOKING,),
    "desk:edition_file": (LOOKING,),
    "desk:new_edition": (DOING,),
    "desk:accept_edition": (DOING,),
    "desk:turn_down_edition": (DOING,),
}
