"""What the walk looks at of `web/desk/assessments`."""

SEEN_AS = {
    "desk_assessments/assessment.html": ("desk-assessment",),
    "desk_assessments/close.html": ("desk-assessment-close",),
    "desk_assessments/list.html": ("desk-assessments",),
    "desk_assessments/new.html": ("desk-assessment-new", "desk-assessment-missing"),
    "desk_assessments/part.html": ("desk-assessment-part",),
    "desk_assessments/question.html": (
        "desk-assessment-question",
        "desk-assessment-answer-missing",
        "desk-assessment-difference",
    ),
    "desk_assessments/result.html": ("desk-assessment-result",),
}
NOT_LOOKED_AT = {
    "desk_assessments/hand_over.html": "no officer of the walk loses a role; tests/platform/desk shows it",
}
