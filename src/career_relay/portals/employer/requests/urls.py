from __future__ import annotations

from django.urls import path

from career_relay.portals.employer.requests import views

urlpatterns = [
    path("postings/new/", views.sheet_new, name="posting_new"),
    path("postings/<uuid:posting_id>/sheet/", views.sheet, name="posting_sheet"),
    path("requests/", views.requests, name="requests"),
    path("requests/new/", views.new, name="request_new"),
    path("requests/<uuid:request_id>/", views.request_, name="request"),
    path("requests/<uuid:request_id>/withdraw/", views.withdraw, name="request_withdraw"),
]
