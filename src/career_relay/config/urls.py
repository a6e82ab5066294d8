from __future__ import annotations

from django.urls import include, path

from career_relay.config import health
from career_relay.portals.account.views import language

handler400 = "career_relay.config.errors.bad_request"
handler403 = "career_relay.config.errors.forbidden"
handler404 = "career_relay.config.errors.not_found"
handler500 = "career_relay.config.errors.server_error"

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("", include("career_relay.portals.candidate.urls")),
    path("i18n/setlang/", language.switch, name="set_language"),
    path("design/", include("career_relay.design.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("employer/", include("career_relay.portals.employer.urls")),
    path("agency/", include("career_relay.portals.agency.urls")),
    path("operator/", include("career_relay.portals.operator.urls")),
    path("", include("career_relay.portals.account.urls")),
    path("", include("career_relay.portals.public.urls")),
]
