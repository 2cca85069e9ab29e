"""What the walk looks at of `web/oversight/assessments`."""

SEEN_AS = {
    "assessments/assessment.html": ("index-assessment",),
    "assessments/list.html": ("index-assessments",),
}
