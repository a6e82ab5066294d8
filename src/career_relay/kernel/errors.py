"""Errors that a person may see: a stable code, words that help, and the status an edge answers with."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise


class DomainError(Exception):
    """Something the rules do not allow; portals show it on the form, the API as a problem, a task records it.

    `code` never changes once published. `message` says what happened, why, and what to do, with the value.
    `permanent` tells a task whether trying again can help.
    """

    code: ClassVar[str] = "DOMAIN_ERROR"
    status: ClassVar[int] = 409
    permanent: ClassVar[bool] = True

    def __init__(self, message: str | Promise, **data: object) -> None:
        super().__init__(message)
        self.message = message
        self.data = data

    def __str__(self) -> str:
        return str(self.message)
