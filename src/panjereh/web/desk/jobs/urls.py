"""Addresses of jobs that failed."""

from django.urls import path

from panjereh.web.desk.jobs import views

PREFIX = "desk/jobs/"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:job_id>/", views.job, name="job"),
    path("<int:job_id>/retry", views.retry, name="retry_job"),
    path("<int:job_id>/put-aside", views.put_aside, name="put_aside_job"),
]
