"""The rows of `web/desk/assessments`."""

from tests.platform.access.lines import NOBODYS, SIGN_IN, Line, Things

LINES = (
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:assessments", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_assessment", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_assessment", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:assessment", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:assessment_part", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:assessment_question", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:answer_question", "POST", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:settle_question", "POST", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:look_at_portals", "POST", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:assessment_result", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:hand_over_seat", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:hand_over_seat", "POST", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:close_assessment", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:close_assessment", "POST", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
)
THINGS: Things = {
    "assessment": lambda _: {"assessment_id": NOBODYS},
}
PLAIN = {
    "desk:assessment_part": {"part": "IF"},
    "desk:assessment_question": {"code": "204"},
    "desk:hand_over_seat": {"seat": "A"},
    "desk:answer_question": {"code": "204"},
    "desk:settle_question": {"code": "204"},
}
OWNED = ("assessment",)
NOT_RENDERED = dict.fromkeys(
    (
        "desk_assessments/assessment.html",
        "desk_assessments/close.html",
        "desk_assessments/hand_over.html",
        "desk_assessments/list.html",
        "desk_assessments/new.html",
        "desk_assessments/part.html",
        "desk_assessments/question.html",
        "desk_assessments/result.html",
    ),
    "tests/platform/desk",
)
