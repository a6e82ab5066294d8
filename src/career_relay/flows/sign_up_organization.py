"""The first minute of an employer or an agency: an organization on trial and its first leader. What it needs comes after."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction
from django.utils.translation import gettext as _

from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import operations as organizations
from career_relay.domain.ground.organizations import queries, rules
from career_relay.domain.ground.organizations.models import Organization
from career_relay.kernel import actors, ids
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

OPEN_KINDS: typing.Final = (Organization.Kind.EMPLOYER, Organization.Kind.AGENCY)
"""Who may sign up by themselves."""


class UnableToSignUpAgain(DomainError):
    """The person already tries the service out with an organization of this kind of their own."""

    code = "TRIAL_EXISTS"

    def __init__(self) -> None:
        super().__init__(
            _("組織を新しく作れません。お試し中の組織がすでにあります。ホームからその組織の利用を続けてください。")
        )


class UnableToSignUpAs(DomainError):
    """Schools and the operator are invited; nobody founds them by a form."""

    code = "KIND_NOT_OPEN"
    status = 422

    def __init__(self, kind: str) -> None:
        super().__init__(
            _("「%(kind)s」として登録することはできません。企業か人材紹介会社を選んでください。") % {"kind": kind}
        )


@dataclasses.dataclass(frozen=True, slots=True)
class SignedUp:
    """What there is now."""

    organization_id: uuid.UUID
    name: str


@transaction.atomic
def sign_up_organization(
    *, user_id: uuid.UUID, kind: str, name: str, industry: str, prefecture: str, mail_domain: str, now: dt.datetime
) -> SignedUp:
    """Found an employer or an agency on trial, with the user as its owner or manager.

    Nothing is checked of an agency here: it receives no person before its licence is (law L1). The user's row is held
    first, so that a form sent twice founds once. Raises UnableToSignUpAgain, UnableToSignUpAs, UnableToUseMailDomain.
    """
    if kind not in OPEN_KINDS:
        raise UnableToSignUpAs(kind)
    accounts.locked(user_id)
    if any(_is_own_trial(seat, kind) for seat in queries.seats_of(user_id)):
        raise UnableToSignUpAgain
    organization_id = ids.new()
    with acting_as(organization=organization_id, user=user_id):
        organization = organizations.found(
            kind=kind,
            name=name,
            industry=industry,
            prefecture=prefecture,
            mail_domain=mail_domain,
            owner_id=user_id,
            actor=actors.user(user_id),
            now=now,
        )
    return SignedUp(organization_id, organization.name)


def _is_own_trial(seat: queries.Seat, kind: str) -> bool:
    leads = seat.role == rules.leading_role(kind)
    return seat.kind == kind and seat.state == Organization.State.TRIAL and leads
