from __future__ import annotations

import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.accounts import models

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

ADDRESS_CODE: typing.Final = "member-address"
RESET_CODE: typing.Final = "member-password"
SIGN_IN_PATH: typing.Final = "/account/login/"

_TEMPLATES: typing.Final = {ADDRESS_CODE: "mail/address_code", RESET_CODE: "mail/password_code"}


def change_language(*, user_id: uuid.UUID, language: str) -> None:
    """Write to the user in this language from now on. Raises ValueError for a language that mails do not exist in."""
    wanted = models.User.Language(language)
    models.User.objects.filter(pk=user_id).exclude(language=wanted).update(language=wanted)


def send_code(
    *, user_id: uuid.UUID, address: str, purpose: str, challenge: uuid.UUID, language: str, now: dt.datetime
) -> None:
    """Mail the six-digit code of a challenge; the stored mail holds the recipe, so no page or log shows the code.

    The caller acts as the user. It may be sent twice when a server's answer is lost: a code that comes twice does no
    harm, one that does not come locks somebody out.
    """
    messaging.queue(
        template=_TEMPLATES[purpose],
        to=address,
        language=language,
        context={},
        secrets={"code": ["code", purpose, str(challenge)]},
        user=user_id,
        repeats_when_uncertain=True,
        now=now,
    )


def warn_of_sign_up(*, user_id: uuid.UUID, address: str, language: str, now: dt.datetime) -> None:
    """Tell the owner of an address that somebody tried to sign up with it; the one who tried learns nothing.

    The caller acts as the user.
    """
    messaging.queue(
        template="mail/address_taken",
        to=address,
        language=language,
        context={"sign_in_url": f"{settings.SITE_URL}{SIGN_IN_PATH}"},
        user=user_id,
        now=now,
    )
