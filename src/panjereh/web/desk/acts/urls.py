"""Address of an officer's own acts."""

from django.urls import path

from panjereh.web.desk.acts import views

PREFIX = "desk/acts/"
urlpatterns = [path("", views.acts, name="acts")]
