"""Decisions that people were told of and that no longer stand."""

from __future__ import annotations

import typing

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.domain.hiring.notices.models import Told

if typing.TYPE_CHECKING:
    import uuid


def release_told(*, organization_id: uuid.UUID) -> None:
    """Let go of what sent mails told and a file has since changed, so that people can be told of the next decision."""
    sent = Told.objects.filter(organization_id=organization_id, is_open=True, notice__message__state=Message.State.SENT)
    sent.exclude(application__outcome=Outcome.REJECTED).update(is_open=False)
