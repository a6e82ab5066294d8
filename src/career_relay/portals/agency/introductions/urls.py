from __future__ import annotations

from django.urls import path

from career_relay.portals.agency.introductions import acts, views

urlpatterns = [
    path("introductions/", views.introductions, name="introductions"),
    path("board/", views.board, name="board"),
    path("people/<uuid:assignment_id>/introduce/", views.introduce, name="introduce"),
    path("introductions/<uuid:introduction_id>/", views.introduction, name="introduction"),
    *[
        path(f"introductions/<uuid:introduction_id>/{code}/", views.act, {"code": code}, name=f"introduction_{code}")
        for code in acts.ACTS
    ],
]
