"""What the walk looks at of `web/desk/jobs`."""

SEEN_AS = {
    "desk_jobs/job.html": ("desk-job", "desk-job-aside"),
    "desk_jobs/list.html": ("desk-jobs", "desk-job-again"),
    "desk_jobs/put_aside.html": ("desk-job-why",),
}
