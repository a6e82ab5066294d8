"""Letting go of what a notice told or was to tell, so that another one may tell it."""

from __future__ import annotations

import typing

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.domain.hiring.notices.models import Told

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

State = Message.State
OVER: typing.Final = (State.SENT, State.UNCERTAIN)


def close(*, organization_id: uuid.UUID, notice_ids: collections.abc.Collection[uuid.UUID]) -> None:
    """Note that these notices tell nobody any more."""
    Told.objects.filter(organization_id=organization_id, notice_id__in=notice_ids, is_open=True).update(is_open=False)


def release_told(*, organization_id: uuid.UUID) -> None:
    """Let go of what mails told, or may have told, and a file has since changed: people can be told of the next decision.

    A mail of which nobody knows whether it arrived is not tried again, whatever its late answer is.
    """
    tells = Told.objects.filter(organization_id=organization_id, is_open=True, notice__message__state__in=OVER)
    changed = tells.exclude(application__outcome=Outcome.REJECTED)
    lost = changed.filter(notice__message__state=State.UNCERTAIN)
    messaging.call_off(message_ids=list(lost.values_list("notice__message_id", flat=True)))
    changed.update(is_open=False)
