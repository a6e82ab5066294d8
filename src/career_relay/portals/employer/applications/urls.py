from __future__ import annotations

from django.urls import path

from career_relay.portals.employer.applications import views as applications
from career_relay.portals.employer.applications import views_board, views_postings

urlpatterns = [
    path("applications/", applications.applications, name="applications"),
    path("applications/file/", applications.export, name="applications_file"),
    path("applicants/<uuid:applicant_id>/", applications.applicant, name="applicant"),
    path(
        "applicants/<uuid:applicant_id>/applications/<uuid:application_id>/correct/",
        applications.correct,
        name="application_correct",
    ),
    path("board/", views_board.board, name="board"),
    path("board/move/", views_board.move, name="board_move"),
    path("process/", applications.process, name="process"),
    path("untold/", applications.untold, name="untold"),
    path("postings/", views_postings.postings, name="postings"),
    path("postings/<uuid:posting_id>/", views_postings.posting, name="posting"),
    path("postings/<uuid:posting_id>/close/", views_postings.close, name="posting_close"),
    path("postings/<uuid:posting_id>/reopen/", views_postings.reopen, name="posting_reopen"),
]
