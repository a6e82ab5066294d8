from __future__ import annotations

from django.urls import path

from career_relay.portals.employer.introductions import views, views_placements

urlpatterns = [
    path("introductions/", views.introductions, name="introductions"),
    path("introductions/<uuid:introduction_id>/", views.introduction, name="introduction"),
    path("introductions/<uuid:introduction_id>/advance/", views.advance, name="introduction_advance"),
    path("introductions/<uuid:introduction_id>/times/", views.times, name="introduction_times"),
    path("introductions/<uuid:introduction_id>/offer/", views.offer, name="introduction_offer"),
    path("introductions/<uuid:introduction_id>/refuse/", views.refuse, name="introduction_refuse"),
    path("placements/", views_placements.placements, name="placements"),
    path("placements/<uuid:placement_id>/", views_placements.placement, name="placement"),
    path("placements/<uuid:placement_id>/paper/", views_placements.paper, name="placement_paper"),
    path("placements/<uuid:placement_id>/start/", views_placements.start, name="placement_start"),
    path("placements/<uuid:placement_id>/not-started/", views_placements.not_started, name="placement_not_started"),
    path("placements/<uuid:placement_id>/left/", views_placements.left, name="placement_left"),
    path("placements/<uuid:placement_id>/checks/<uuid:check_id>/", views_placements.check, name="placement_check"),
]
