"""The mailings of an employer, newest first, and where each of them goes on."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse

from career_relay.domain.hiring.notices.models import Mailing
from career_relay.portals.employer.notices import words

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.design.shapes import Tone
    from career_relay.domain.hiring.notices.queries import MailingLine

State = Mailing.State
_OVER: typing.Final = (State.FINISHED, State.STOPPED)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One mailing in the list; `missed` counts those whose mail was stopped, failed or is unconfirmed."""

    mailing: MailingLine
    url: str
    tone: Tone
    icon: str
    missed: int


def lines(mailings: collections.abc.Iterable[MailingLine], *, may_send: bool) -> list[Line]:
    """Return the mailings as the list shows them."""
    return [_line(one, may_send=may_send) for one in mailings]


def url_of(mailing_id: uuid.UUID, state: str, *, is_written: bool, may_send: bool) -> str:
    """Return where a mailing goes on: a draft at its next step, for those who may take it; any other at its result."""
    if state != State.DRAFT or not may_send:
        return reverse("employer:notice", args=[mailing_id])
    return reverse("employer:notice_preview" if is_written else "employer:notice_write", args=[mailing_id])


def _line(one: MailingLine, *, may_send: bool) -> Line:
    tone, icon = words.MAILINGS[one.state]
    return Line(
        mailing=one,
        url=url_of(one.mailing_id, one.state, is_written=bool(one.template_name), may_send=may_send),
        tone=tone,
        icon=icon,
        missed=one.to_send - one.sent - one.waiting if one.state in _OVER else 0,
    )
