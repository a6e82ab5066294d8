from __future__ import annotations

from django.urls import path

from career_relay.portals.agency.books import views

urlpatterns = [
    path("books/", views.books, name="books"),
    path("books/entries/<uuid:entry_id>/", views.entry, name="book_entry"),
    path("books/<slug:book>/", views.book, name="book"),
    path("books/<slug:book>/file/", views.export, name="book_file"),
]
