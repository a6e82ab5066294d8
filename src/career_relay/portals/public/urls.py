from __future__ import annotations

from django.urls import path

from career_relay.portals.public import views, views_demo, views_fees

app_name = "public"

urlpatterns = [
    path("", views.home, name="home"),
    path("terms/", views.terms, name="terms"),
    path("privacy/", views.privacy, name="privacy"),
    path("agencies/fees/", views_fees.agencies, name="agencies_fees"),
    path("agencies/<uuid:agency_id>/fees/", views_fees.agency, name="agency_fees"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("demo/", views_demo.demo, name="demo"),
    path("demo/sign-in/", views_demo.sign_in, name="demo_sign_in"),
    path("demo/samples/<str:name>", views_demo.sample, name="demo_sample"),
    path("demo/mail/", views_demo.mails, name="demo_mails"),
    path("demo/mail/<str:key>/", views_demo.mail, name="demo_mail"),
    path("demo/mail/<str:key>/html/", views_demo.mail_html, name="demo_mail_html"),
]
