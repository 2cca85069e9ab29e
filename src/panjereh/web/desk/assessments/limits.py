"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import DOING, LOOKING

LIMITS = {
    "desk:assessments": (LOOKING,),
    "desk:assessment": (LOOKING,),
    "desk:assessment_part": (LOOKING,),
    "desk:assessment_question": (LOOKING,),
    "desk:assessment_result": (LOOKING,),
    "desk:new_assessment": (DOING,),
    "desk:answer_question": (DOING,),
    "desk:settle_question": (DOING,),
    "desk:look_at_portals": (DOING,),
    "desk:close_assessment": (DOING,),
    "desk:hand_over_seat": (DOING,),
}
