"""What a person's browser carries: signed, short-lived, unreadable to scripts, and never more than the page needs."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
import uuid

from django.conf import settings
from django.core import signing

if typing.TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@dataclasses.dataclass(frozen=True, slots=True)
class Cookie:
    """One signed cookie. What was signed for one purpose is worth nothing under another name."""

    name: str
    life: dt.timedelta

    def write(self, response: HttpResponse, *parts: object) -> None:
        """Give the browser these parts, until the cookie's life is over."""
        response.set_cookie(
            self.name,
            signing.dumps([str(part) for part in parts], salt=self.salt),
            max_age=self.life,
            path="/",
            secure=settings.IS_HTTPS,
            httponly=True,
            samesite="Lax",
        )

    def read(self, request: HttpRequest, *, within: dt.timedelta | None = None) -> list[str] | None:
        """Return the parts; None if there are none, if they are too old, or if we did not write them."""
        try:
            found = signing.loads(request.COOKIES.get(self.name, ""), salt=self.salt, max_age=within or self.life)
        except signing.BadSignature:
            return None
        return typing.cast("list[str]", found)

    def clear(self, response: HttpResponse) -> None:
        """Take the cookie back."""
        response.delete_cookie(self.name, path="/", samesite="Lax")

    @property
    def salt(self) -> str:
        return f"career_relay.candidate.{self.name}"


LINK: typing.Final = Cookie(settings.RELAY_COOKIE_NAME, dt.timedelta(minutes=60))
SIGN_UP: typing.Final = Cookie(f"{settings.RELAY_COOKIE_NAME}-sign-up", dt.timedelta(hours=24))
CODE: typing.Final = Cookie(f"{settings.CANDIDATE_COOKIE_NAME}-code", dt.timedelta(minutes=30))
ADDRESS: typing.Final = Cookie(f"{settings.CANDIDATE_COOKIE_NAME}-address", dt.timedelta(minutes=30))
SESSION: typing.Final = Cookie(settings.CANDIDATE_COOKIE_NAME, dt.timedelta(hours=2))


@dataclasses.dataclass(frozen=True, slots=True)
class Session:
    """Who signed in by a code, and which of their sessions are still good."""

    candidate_id: uuid.UUID
    version: int


def session(request: HttpRequest) -> Session | None:
    """Return who says to be signed in; the version is still to be compared with the person's."""
    parts = SESSION.read(request)
    return Session(uuid.UUID(parts[0]), int(parts[1])) if parts else None
