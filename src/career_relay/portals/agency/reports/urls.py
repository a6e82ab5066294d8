from __future__ import annotations

from django.urls import path

from career_relay.portals.agency.reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/<int:year>/", views.report, name="report"),
    path("reports/<int:year>/file/", views.file, name="report_file"),
    path("reports/<int:year>/filed/", views.filed, name="report_filed"),
    path("reports/<int:year>/<slug:figure>/", views.rows, name="report_rows"),
]
