"""A small world every test may stand in. Alpha and Beta are alike, so that a leak has something to leak."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.people.candidates.models import Candidate, Identity, Profile
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

NOW = dt.datetime(2026, 11, 23, 5, 5, tzinfo=dt.UTC)
PASSWORD = "relay-baton-0123"
ROLES = {
    "employer": ["owner", "recruiter", "hiring_manager", "analyst", "auditor"],
    "agency": ["manager", "adviser"],
    "school": ["manager", "coordinator"],
    "operator": ["operator"],
}


@dataclasses.dataclass(frozen=True)
class Tenant:
    """An organization and its people by role."""

    organization: Organization
    users: dict[str, User]

    @property
    def id(self) -> uuid.UUID:
        return self.organization.id

    @property
    def owner(self) -> User:
        """The person with the widest rights."""
        return next(iter(self.users.values()))


@dataclasses.dataclass(frozen=True)
class World:
    """Everybody."""

    alpha: Tenant
    beta: Tenant
    agency: Tenant
    school: Tenant
    operator: Tenant
    hana: Candidate
    sora: Candidate
    stranger: User


def build_world() -> World:
    """Make the world as the principals themselves would."""
    return World(
        alpha=make_tenant("employer", "アルファ精機株式会社", "alpha"),
        beta=make_tenant("employer", "ベータ商事株式会社", "beta"),
        agency=make_tenant("agency", "つなぐ人材紹介株式会社", "agency"),
        school=make_tenant("school", "みらい専門学校", "school"),
        operator=make_tenant("operator", "キャリアリレー運営事務局", "operator"),
        hana=make_candidate("髙﨑 花", "hana@people.example"),
        sora=make_candidate("山田 空", "sora@people.example"),
        stranger=make_user("stranger@elsewhere.example", "通りすがり"),
    )


def make_user(email: str, name: str) -> User:
    """Make a user whose address is confirmed."""
    return make_users([(email, name)])[0]


def make_users(people: collections.abc.Iterable[tuple[str, str]]) -> list[User]:
    """Make users, told by address and name, whose addresses are confirmed; most tests want many, so two statements do."""
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(User(email=email, name=name, password=password) for email, name in people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return users


def add_address(user: User, email: str, *, is_confirmed: bool = True) -> None:
    """Give a user one more address."""
    EmailAddress.objects.create(user=user, email=email, verified=is_confirmed, primary=False)


def unconfirm(user: User) -> None:
    """Make a user's addresses as they are before the code of the first mail is typed."""
    EmailAddress.objects.filter(user=user).update(verified=False)


def addresses_of(user: User) -> dict[str, bool]:
    """Return a user's addresses, and whether each is confirmed."""
    return dict(EmailAddress.objects.filter(user=user).values_list("email", "verified"))


def make_tenant(kind: str, name: str, handle: str) -> Tenant:
    """Make an organization with one user for each role of its kind."""
    organization_id = ids.new()
    roles = ROLES[kind]
    people = make_users((f"{role}@{handle}.example", f"{handle} {role}") for role in roles)
    users = dict(zip(roles, people, strict=True))
    with acting_as(organization=organization_id):
        organization = Organization.objects.create(
            id=organization_id,
            kind=kind,
            name=name,
            industry="manufacturing",
            prefecture="13",
            mail_domain=f"{handle}.example",
            founded_at=NOW,
        )
        Member.objects.bulk_create(
            Member(organization=organization, user=user, role=role, joined_at=NOW) for role, user in users.items()
        )
    return Tenant(organization, users)


def make_candidate(name: str, email: str) -> Candidate:
    """Make a registered person."""
    candidate_id = ids.new()
    with acting_as(candidate=candidate_id):
        candidate = Candidate.objects.create(
            id=candidate_id, email_index=keys.keyed_hash("candidate-address", email), registered_at=NOW
        )
        Identity.objects.create(candidate=candidate, name=name, email=email, phone="+819012345678", confirmed_at=NOW)
        Profile.objects.create(candidate=candidate, prefecture="13", occupation="経理", changed_at=NOW)
    return candidate
