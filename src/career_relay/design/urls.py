from __future__ import annotations

from django.urls import path

from career_relay.design import views

app_name = "design"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("frame/<slug:name>/", views.frame, name="frame"),
    path("error/<int:status>/", views.error, name="error"),
]
