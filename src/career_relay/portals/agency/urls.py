from __future__ import annotations

from career_relay.portals.agency import urls_people, urls_settings

app_name = "agency"

urlpatterns = [*urls_people.urlpatterns, *urls_settings.urlpatterns]
