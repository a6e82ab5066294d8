from __future__ import annotations

from django.urls import path

from career_relay.portals.employer.applications import urls as urls_applications
from career_relay.portals.employer.imports import urls as urls_imports
from career_relay.portals.employer.introductions import urls as urls_introductions
from career_relay.portals.employer.notices import urls as urls_notices
from career_relay.portals.employer.requests import urls as urls_requests
from career_relay.portals.employer.stakeholders import urls as urls_stakeholders
from career_relay.portals.employer.views import home, ledger, links, start

app_name = "employer"

urlpatterns = [
    path("", home.home, name="home"),
    path("start/", start.start, name="start"),
    path("start/terms/", start.terms, name="start_terms"),
    path("start/basis/", start.basis, name="start_basis"),
    path("start/link/", start.link, name="start_link"),
    path("start/text/", start.text, name="start_text"),
    path("links/", links.links, name="links"),
    path("links/new/", links.create, name="link_create"),
    path("links/basis/", links.basis, name="basis"),
    path("links/basis/new/", links.record_basis, name="basis_new"),
    path("links/texts/", links.texts, name="texts"),
    path("links/<uuid:link_id>/", links.link, name="link"),
    path("links/<uuid:link_id>/revoke/", links.revoke, name="link_revoke"),
    path("slots/", ledger.slots, name="slots"),
    path("ledger/", ledger.statement, name="ledger"),
    path("ledger/<int:year>/<int:month>/", ledger.statement, name="statement"),
    path("ledger/<int:year>/<int:month>/file/", ledger.export_statement, name="statement_file"),
    path("counting/", ledger.counting, name="counting"),
    *urls_imports.urlpatterns,
    *urls_applications.urlpatterns,
    *urls_notices.urlpatterns,
    *urls_stakeholders.urlpatterns,
    *urls_introductions.urlpatterns,
    *urls_requests.urlpatterns,
]
