from __future__ import annotations

from django.urls import path

from career_relay.portals.agency.views import calls, postings

urlpatterns = [
    path("postings/", postings.postings, name="postings"),
    path("postings/new/", postings.new, name="posting_new"),
    path("postings/<uuid:posting_id>/", postings.posting, name="posting"),
    path("postings/<uuid:posting_id>/edit/", postings.edit, name="posting_edit"),
    path("postings/<uuid:posting_id>/close/", postings.close, name="posting_close"),
    path("postings/<uuid:posting_id>/reopen/", postings.reopen, name="posting_reopen"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<uuid:call_id>/", calls.call, name="call"),
    path("calls/<uuid:call_id>/accept/", calls.accept, name="call_accept"),
    path("calls/<uuid:call_id>/decline/", calls.decline, name="call_decline"),
]
