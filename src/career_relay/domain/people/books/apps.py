from __future__ import annotations

from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "career_relay.domain.people.books"
    label = "books"
