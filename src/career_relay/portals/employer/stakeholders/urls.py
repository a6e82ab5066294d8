from __future__ import annotations

from django.urls import path

from career_relay.portals.employer.stakeholders import views

urlpatterns = [
    path("stakeholders/", views.stakeholders, name="stakeholders"),
    path("stakeholders/new/", views.add, name="stakeholder_new"),
    path("stakeholders/duties/", views.duties, name="stakeholder_duties"),
    path("stakeholders/<uuid:stakeholder_id>/", views.stakeholder, name="stakeholder"),
    path("stakeholders/<uuid:stakeholder_id>/duties/", views.share_out, name="stakeholder_share"),
    path("stakeholders/<uuid:stakeholder_id>/remove/", views.remove, name="stakeholder_remove"),
]
