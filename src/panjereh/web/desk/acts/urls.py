"""Address of an officer's own acts."""

from django.urls import path

from panjereh.web.desk.acts import views

urlpatterns = [path("", views.acts, name="acts")]
