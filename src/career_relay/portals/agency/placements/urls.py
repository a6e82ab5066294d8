from __future__ import annotations

from django.urls import path

from career_relay.portals.agency.placements import acts, views

urlpatterns = [
    path("placements/", views.placements, name="placements"),
    path("placements/file/", views.export, name="placements_file"),
    path("placements/<uuid:placement_id>/", views.placement, name="placement"),
    path("placements/<uuid:placement_id>/paper/", views.paper, name="placement_paper"),
    *[
        path(
            f"placements/<uuid:placement_id>/{code.replace('_', '-')}/",
            views.tell,
            {"code": code},
            name=f"placement_{code}",
        )
        for code in acts.ACTS
    ],
    path("placements/<uuid:placement_id>/checks/<uuid:check_id>/", views.check, name="placement_check"),
]
