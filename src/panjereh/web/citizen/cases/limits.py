"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING, TAKING_AWAY

LIMITS = {
    "citizen:start": (DOING,),
    "citizen:question": (DOING,),
    "citizen:submit": (DOING,),
    "citizen:ask_again": (DOING,),
    "citizen:withdraw": (DOING,),
    "citizen:case_receipt": (TAKING_AWAY,),
}
