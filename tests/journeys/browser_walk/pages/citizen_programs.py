"""What the walk looks at of `web/citizen/programs`."""

SEEN_AS = {
    "programs/list.html": ("programs", "programs-over"),
    "programs/take_back.html": ("program-take-back",),
}
