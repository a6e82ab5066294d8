from __future__ import annotations

from django.urls import path

from career_relay.portals.agency.views import settings

urlpatterns = [
    path("licence/", settings.licence, name="licence"),
    path("licence/<uuid:licence_id>/evidence/", settings.evidence, name="licence_evidence"),
    path("desk/", settings.desk, name="desk"),
    path("offices/", settings.offices, name="offices"),
    path("offices/new/", settings.office_new, name="office_new"),
    path("offices/<uuid:office_id>/", settings.office, name="office"),
    path("offices/<uuid:office_id>/remove/", settings.office_remove, name="office_remove"),
    path("fees/", settings.fees, name="fees"),
    path("fees/new/", settings.fees_new, name="fees_new"),
]
