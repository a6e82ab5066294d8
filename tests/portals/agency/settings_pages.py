"""What the tests of an agency's settings share: signing in, sending files, pages as read. Pages read the real clock."""

from __future__ import annotations

import datetime as dt
import typing

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from career_relay.kernel import clock
from tests.domain.ground.agencies import room

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOW = clock.now()
TODAY = clock.day_in_japan(NOW)
A_DAY = dt.timedelta(days=1)
LICENCE = "/agency/licence/"
FEES = "/agency/fees/new/"


def signed_in(user: User, **options: typing.Any) -> Client:
    client = Client(**options)
    client.force_login(user, backend=BACKEND)
    return client


def licence(**changes: typing.Any) -> dict[str, typing.Any]:
    """Return what a manager sends to have a licence looked at."""
    usual = {
        "number": room.NUMBER,
        "kind": "first",
        "valid_from": TODAY.isoformat(),
        "valid_until": (TODAY + A_DAY * 1000).isoformat(),
        "evidence": file(),
    }
    return usual | changes


def file(name: str = "許可証.pdf", content: bytes = room.PDF, kind: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)
