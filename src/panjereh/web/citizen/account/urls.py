"""Addresses of the account plane."""

from django.urls import path

from panjereh.web.citizen.account import views

PREFIX = "account/"
urlpatterns = [
    path("sign-in/", views.begin, name="account_sign_in"),
    path("sign-in/<uuid:challenge_id>/", views.number, name="account_number"),
    path("sign-in/<uuid:challenge_id>/code/", views.code, name="account_code"),
    path("sign-in/<uuid:challenge_id>/another-code/", views.another_code, name="account_another_code"),
    path("sign-in/<uuid:challenge_id>/birth-date/", views.birth_date, name="account_birth_date"),
    path("sign-in/<uuid:challenge_id>/mobile/", views.mobile, name="account_mobile"),
    path("sign-in/<uuid:challenge_id>/waiting/", views.waiting, name="account_waiting"),
    path("sign-in/<uuid:challenge_id>/finish/", views.finish, name="account_finish"),
    path("sign-in/<uuid:challenge_id>/consent/", views.allow, name="account_consent"),
    path("sign-in/<uuid:challenge_id>/cancel/", views.cancel, name="account_cancel"),
]
