from __future__ import annotations

from career_relay.portals.agency import urls_people, urls_postings, urls_settings
from career_relay.portals.agency.books import urls as urls_books
from career_relay.portals.agency.introductions import urls as urls_introductions
from career_relay.portals.agency.placements import urls as urls_placements
from career_relay.portals.agency.reports import urls as urls_reports

app_name = "agency"

urlpatterns = [
    *urls_people.urlpatterns,
    *urls_introductions.urlpatterns,
    *urls_placements.urlpatterns,
    *urls_reports.urlpatterns,
    *urls_books.urlpatterns,
    *urls_postings.urlpatterns,
    *urls_settings.urlpatterns,
]
