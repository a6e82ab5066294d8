from __future__ import annotations

from django.urls import path

from career_relay.portals.employer.imports import views as imports

urlpatterns = [
    path("imports/", imports.batches, name="imports"),
    path("imports/new/", imports.upload, name="import_new"),
    path("imports/<uuid:batch_id>/", imports.result, name="import"),
    path("imports/<uuid:batch_id>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:batch_id>/values/", imports.values, name="import_values"),
    path("imports/<uuid:batch_id>/check/", imports.check, name="import_check"),
    path("imports/<uuid:batch_id>/commit/", imports.commit, name="import_commit"),
    path("imports/<uuid:batch_id>/discard/", imports.discard, name="import_discard"),
    path("imports/<uuid:batch_id>/undo/", imports.undo, name="import_undo"),
    path("imports/<uuid:batch_id>/failed/", imports.failed_file, name="import_failed"),
]
