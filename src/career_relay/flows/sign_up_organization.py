"""An employer's first minute: an organization on trial and its first owner. Terms and links come after."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction
from django.utils.translation import gettext as _

from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import operations as organizations
from career_relay.domain.ground.organizations import queries
from career_relay.domain.ground.organizations.models import Organization
from career_relay.kernel import actors, ids
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


class UnableToSignUpAgain(DomainError):
    """The person already tries the service out with an organization of their own."""

    code = "TRIAL_EXISTS"

    def __init__(self) -> None:
        super().__init__(
            _("組織を新しく作れません。お試し中の組織がすでにあります。ホームからその組織の利用を続けてください。")
        )


@dataclasses.dataclass(frozen=True, slots=True)
class SignedUp:
    """What there is now."""

    organization_id: uuid.UUID
    name: str


@transaction.atomic
def sign_up_employer(
    *, user_id: uuid.UUID, name: str, industry: str, prefecture: str, mail_domain: str, now: dt.datetime
) -> SignedUp:
    """Found an employer on trial, with the user as its owner.

    The user's row is held first, so that a form sent twice founds once.
    Raises UnableToSignUpAgain, UnableToUseMailDomain.
    """
    accounts.locked(user_id)
    if any(_is_own_trial(seat) for seat in queries.seats_of(user_id)):
        raise UnableToSignUpAgain
    organization_id = ids.new()
    with acting_as(organization=organization_id, user=user_id):
        organization = organizations.found(
            kind=Organization.Kind.EMPLOYER,
            name=name,
            industry=industry,
            prefecture=prefecture,
            mail_domain=mail_domain,
            owner_id=user_id,
            actor=actors.user(user_id),
            now=now,
        )
    return SignedUp(organization_id, organization.name)


def _is_own_trial(seat: queries.Seat) -> bool:
    return seat.kind == Organization.Kind.EMPLOYER and seat.state == Organization.State.TRIAL and seat.role == "owner"
