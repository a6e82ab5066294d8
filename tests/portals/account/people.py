"""What the tests of this portal share: signing in, reading one's mail, typing its code."""

from __future__ import annotations

import re
import typing

from django.test import Client

from career_relay.capabilities.messaging import placeholders
from career_relay.capabilities.messaging.models import Message
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.accounts.models import User
    from tests.portals.pages import Answer

PASSWORD = "a-baton-to-pass-on"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def mails_of(user: User) -> list[Message]:
    with acting_as(user=user.pk):
        return list(Message.objects.filter(user_id=user.pk).order_by("created_at", "pk"))


def mails_by(organization_id: uuid.UUID) -> list[Message]:
    with acting_as(organization=organization_id):
        return list(Message.objects.filter(organization_id=organization_id).order_by("created_at", "pk"))


def code_in(message: Message) -> str:
    return placeholders.values(message)["code"]


def path_in(message: Message) -> str:
    return re.sub(r"^https?://[^/]+", "", placeholders.values(message)["url"])


def text(response: Answer) -> str:
    """Return a page as the person reads it: no tags, no form tokens, spaces made one."""
    page = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
