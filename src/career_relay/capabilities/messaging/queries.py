from __future__ import annotations

import dataclasses
import typing

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from career_relay.capabilities.messaging import composing, placeholders, rules, unsubscribing
from career_relay.capabilities.messaging.models import Attempt, Message, Suppression
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

PAGE_SIZE = 50
HARD_BOUNCES = "bounce"


class UnableToShowMail(DomainError):
    code = "MAIL_NOT_SHOWN"
    status = 404


@dataclasses.dataclass(frozen=True, slots=True)
class Address:
    """Where a message stands: its id, and the one principal that may see it."""

    id: uuid.UUID
    organization_id: uuid.UUID | None
    user_id: uuid.UUID | None
    candidate_id: uuid.UUID | None

    @property
    def principal(self) -> dict[str, uuid.UUID | None]:
        """The arguments of `acting_as`."""
        return {"organization": self.organization_id, "user": self.user_id, "candidate": self.candidate_id}


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """Mails that go out together, and the organization whose they are."""

    batch_id: uuid.UUID
    organization_id: uuid.UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A mail as the person it went to may read it: codes are masked."""

    kind: str
    to_address: str
    subject: str
    text: str
    state: str
    created_at: dt.datetime


def sender(message: Message) -> str:
    """Return name and address that the mail comes from."""
    return composing.sender(message.language, message.sender_name)


def of_candidate(candidate_id: uuid.UUID) -> list[Sent]:
    """Return the mails that are kept of a person, oldest first. The caller acts as that person."""
    found = Message.objects.filter(candidate_id=candidate_id).order_by("created_at", "id")
    return [
        Sent(
            kind=one.kind,
            to_address=one.to_address,
            subject=one.subject,
            text=readable_text(one),
            state=one.state,
            created_at=one.created_at,
        )
        for one in found
    ]


def of_organization(organization_id: uuid.UUID, *, state: str = "", page: int | str = 1) -> Page[Message]:
    """Return one page of an organization's mails, newest first, all or those in one state."""
    messages = Message.objects.filter(organization_id=organization_id).order_by("-created_at", "-id")
    if state:
        messages = messages.filter(state=state)
    return Paginator(messages.defer("text", "html"), PAGE_SIZE).get_page(page)


def counts_of_organization(organization_id: uuid.UUID) -> dict[str, int]:
    """Return how many mails an organization has in each state that occurs."""
    messages = Message.objects.filter(organization_id=organization_id).order_by()
    return dict(messages.values_list("state").annotate(Count("id")))


def counts_of_batch(organization_id: uuid.UUID, batch_id: uuid.UUID) -> dict[str, int]:
    """Return how many mails of a batch are in each state that occurs."""
    messages = Message.objects.filter(organization_id=organization_id, batch_id=batch_id).order_by()
    return dict(messages.values_list("state").annotate(Count("id")))


def suppressed(list_name: str, addresses: collections.abc.Collection[str]) -> set[str]:
    """Return those of the addresses that are on this very list."""
    digests = {unsubscribing.address_hash(address): address for address in addresses}
    found = Suppression.objects.filter(list=list_name, address_hash__in=list(digests))
    on_list = {bytes(digest) for digest in found.values_list("address_hash", flat=True)}
    return {address for address in addresses if unsubscribing.address_hash(address) in on_list}


def message(message_id: uuid.UUID) -> Message | None:
    """Return a mail that the present principal may see, or None."""
    return Message.objects.filter(pk=message_id).first()


def attempts(message_id: uuid.UUID) -> list[Attempt]:
    """Return every try to hand a mail over, oldest first."""
    return list(Attempt.objects.filter(message_id=message_id).order_by("number"))


def readable_text(message: Message) -> str:
    """Return the text of a mail for a page: codes and links, which belong to the receiver, are masked."""
    return placeholders.masked(message.text)


def raw(message: Message) -> bytes:
    """Return a mail as it is sent, secrets included. Only the demo shows that: its people do not exist.

    Raises UnableToShowMail everywhere else.
    """
    if not settings.DEMO:
        raise UnableToShowMail(_("メールの原文は、デモ環境でのみ表示できます。"))
    return composing.content(message)


def is_suppressed(list_name: str, address: str) -> bool:
    """Tell whether an address gets no mail of this list: it asked for none, or it does not exist."""
    digest = unsubscribing.address_hash(address)
    return Suppression.objects.filter(list__in=[list_name, HARD_BOUNCES], address_hash=digest).exists()


def claimed_before(moment: dt.datetime, limit: int) -> list[Address]:
    """Return mails of anybody that were claimed before `moment` and never got a result, oldest first."""
    return [Address(**row) for row in gate.rows("messages_claimed_before", moment, limit)]


def due_without_job(moment: dt.datetime, limit: int) -> list[Address]:
    """Return mails of anybody that were due before `moment` and have no job that would send them, oldest first."""
    return [Address(**row) for row in gate.rows("due_messages", moment, limit)]


def due_batches_without_job(moment: dt.datetime, limit: int) -> list[Batch]:
    """Return batches of anybody that have mails which were due before `moment`, and no job that would send them."""
    return [Batch(**row) for row in gate.rows("due_batches", moment, limit)]


def is_late(*, now: dt.datetime) -> bool:
    """Tell whether a mail, of whomever, should have been on its way for longer than anybody should wait.

    The mails of a batch wait for each other, however many they are: only a batch that nobody works on is late.
    """
    moment = now - rules.LATE
    [row] = gate.rows("oldest_due_message")
    return (row["due_at"] is not None and row["due_at"] < moment) or bool(due_batches_without_job(moment, 1))
