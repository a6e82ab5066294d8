"""What people did at a moment of the past, by the same flows as today; the mails of that time went out then.

No job is left behind: what a worker would have done is done here at once, so nothing of the past is sent today.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import typing

from allauth.account.models import EmailAddress
from procrastinate import testing
from procrastinate.contrib.django import procrastinate_app

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import rules as mail_rules
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations import operations as organizations
from career_relay.domain.ground.organizations import queries as organization_queries
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.operations import sign_ups
from career_relay.domain.people.candidates.rules import Details
from career_relay.domain.people.consents import wording
from career_relay.flows import register_candidate
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.config.demo.employers import Seat

SENT: typing.Final = mail_rules.Answer(mail_rules.Outcome.SENT, 250, "2.0.0")
SOON: typing.Final = dt.timedelta(seconds=20)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Registering:
    """Somebody registers through a link at a moment."""

    at: dt.datetime
    organization_id: uuid.UUID
    link_id: uuid.UUID
    details: Details
    language: str
    purposes: tuple[str, ...]


@contextlib.contextmanager
def without_worker() -> collections.abc.Iterator[None]:
    """Let the jobs of the block vanish: whoever writes about the past does their work too."""
    with procrastinate_app.current_app.replace_connector(testing.InMemoryConnector()):
        yield


def user(address: str, seat: Seat, now: dt.datetime) -> User:
    """Give somebody an account with a confirmed address; without a password nobody can sign in to it."""
    made = User.objects.create_user(address, seat.password, name=seat.name, date_joined=now)
    EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
    return made


def take_seat(organization_id: uuid.UUID, owner: User, role: str, member: User, now: dt.datetime) -> None:
    """Invite somebody and accept."""
    with acting_as(organization=organization_id, user=owner.pk):
        invitation = organizations.invite(
            organization_id=organization_id,
            email=member.email,
            role=role,
            language="ja",
            actor=actors.user(owner.pk),
            now=now,
        )
    token = keys.token(organization_queries.INVITATION, invitation.pk, invitation.version)
    organizations.accept_invitation(token=token, user=member, language="ja", now=now)


def register(wish: Registering) -> uuid.UUID:
    """Register as the person would: type, tick, receive the code, enter it, read the receipt. Returns who it is."""
    now = wish.at
    sign_up = candidates.start_sign_up(details=wish.details, language=wish.language, now=now)
    ticked = wording.ticked(wish.purposes, wish.language)
    candidates.set_sign_up_consents(sign_up_id=sign_up.pk, ticked=ticked, now=now)
    candidates.send_sign_up_code(sign_up_id=sign_up.pk, now=now)
    with acting_as(candidate=sign_up.pk):
        sign_up.refresh_from_db()
    registered = register_candidate.register_candidate(
        sign_up_id=sign_up.pk,
        code=keys.code(sign_ups.REGISTRATION, sign_up.challenge),
        link_id=wish.link_id,
        organization_id=wish.organization_id,
        now=now,
    )
    with acting_as(candidate=registered.candidate_id):
        send_waiting()
    return registered.candidate_id


def send_waiting() -> None:
    """Send the single mails of the present principal that wait, each soon after it was written."""
    for message in Message.objects.filter(state=Message.State.QUEUED, batch_id=None).order_by("created_at", "pk"):
        moment = message.due_at + SOON
        envelope = messaging.claim(message_id=message.pk, now=moment)
        if envelope is not None:
            messaging.settle(
                message_id=message.pk, attempt=envelope.attempt, answer=SENT, started_at=moment, now=moment
            )
