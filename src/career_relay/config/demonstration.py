"""The demo's network: an employer three weeks into its relay, made by the same flows that people use.

Everything is told relative to the present day, so that the demo looks the same whenever it is made.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from allauth.account.models import EmailAddress
from django.db import transaction

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations import operations as organizations
from career_relay.domain.ground.organizations import queries as organization_queries
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes import rules as programme_rules
from career_relay.domain.ground.programmes import terms
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import operations as links
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.operations import sign_ups
from career_relay.domain.people.candidates.rules import Details
from career_relay.domain.people.consents import wording
from career_relay.domain.people.consents.models import Consent
from career_relay.flows import register_candidate, sign_up_employer
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.public import cast

if typing.TYPE_CHECKING:
    import uuid

DAYS_AGO = 20
FIRST_REGISTRATION = dt.timedelta(days=2)
BETWEEN_REGISTRATIONS = dt.timedelta(hours=22)
INTRODUCTION = (Consent.Purpose.AGENCY_INTRODUCTION,)


@dataclasses.dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody comes through one of the employer's links."""

    link: str
    name: str
    email: str
    phone: str = ""
    language: str = "ja"
    purposes: tuple[str, ...] = INTRODUCTION


class _Acting(typing.TypedDict):
    organization_id: uuid.UUID
    actor: actors.Actor
    user_id: uuid.UUID
    now: dt.datetime


LINKS: typing.Final = {
    "graduates": ("new_graduate", "documents", "新卒・書類選考（2027 年）"),
    "engineers": ("mid_career", "interview", "中途・技術職の面接"),
    "shops": ("part_time", "documents", ""),
}
HASEGAWA, SANTOS = cast.PEOPLE
ARRIVALS: typing.Final = (
    Arrival("graduates", "小林 陽菜", "kobayashi@people.example.jp"),
    Arrival("graduates", "中村 悠真", "nakamura@people.example.jp"),
    Arrival("engineers", "勅使河原 さくら", "teshigawara@people.example.jp"),
    Arrival("graduates", "髙橋 蓮", "takahashi@people.example.jp"),
    Arrival("graduates", "𠮷田 結衣", "yoshida@people.example.jp", phone="090-0000-0105"),
    Arrival("engineers", SANTOS.name, SANTOS.email, language=SANTOS.language),
    Arrival("graduates", "斎藤 大和", "saito@people.example.jp"),
    Arrival("engineers", "Nguyễn Văn An", "nguyen@people.example.jp", language="en"),
    Arrival("graduates", "渡部 凛", "watabe@people.example.jp"),
    Arrival("engineers", "辻󠄀 健太", "tsuji@people.example.jp"),
    Arrival("graduates", "森 あおい", "mori@people.example.jp", purposes=("employer_recontact",)),
    Arrival("graduates", "清水 湊", "shimizu@people.example.jp"),
    Arrival("engineers", "山本 芽依", "yamamoto@people.example.jp"),
    Arrival("graduates", HASEGAWA.name, HASEGAWA.email),
    Arrival("shops", "井上 颯太", "inoue@people.example.jp"),
    Arrival("graduates", "𠮷田 ゆい", "yui.yoshida@people.example.jp", phone="090-0000-0105"),
    Arrival("engineers", "長谷部 詩", "hasebe@people.example.jp"),
    Arrival("engineers", HASEGAWA.name, HASEGAWA.email),
    Arrival("shops", "藤原 樹", "fujiwara@people.example.jp"),
    Arrival("graduates", "岡田 紬", "okada@people.example.jp"),
)


@transaction.atomic
def make(*, now: dt.datetime) -> bool:
    """Make the network whole, unless it is there; return whether it was made. The hurried policy is published anyway."""
    is_new = accounts.by_address(cast.MEMBERS[0].email) is None
    if is_new:
        opening = clock.start_of_day_in_japan(clock.day_in_japan(now) - dt.timedelta(days=DAYS_AGO))
        _open(opening + dt.timedelta(hours=10))
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID,
        actor=actors.SYSTEM,
        now=now,
        effective_from=now,
        **programme_rules.DEMO_SETTINGS,
    )
    return is_new


def _open(opening: dt.datetime) -> None:
    owner, *others = (_user(member, opening) for member in cast.MEMBERS)
    employer = sign_up_employer.sign_up_employer(
        user_id=owner.pk,
        name=cast.EMPLOYER,
        industry="manufacturing",
        prefecture="14",
        mail_domain=cast.EMPLOYER_DOMAIN,
        now=opening,
    )
    organization_id = employer.organization_id
    with acting_as(organization=organization_id, user=owner.pk):
        made = _start(organization_id, owner, opening)
    for member, user in zip(cast.MEMBERS[1:], others, strict=True):
        _seat(organization_id, owner, member, user, opening)
    for place, arrival in enumerate(ARRIVALS):
        moment = opening + FIRST_REGISTRATION + place * BETWEEN_REGISTRATIONS
        _register(organization_id, made[arrival.link], arrival, moment)


def _user(member: cast.Member, now: dt.datetime) -> User:
    user = User.objects.create_user(member.email, cast.PASSWORD, name=member.name, date_joined=now)
    EmailAddress.objects.create(user=user, email=member.email, verified=True, primary=True)
    return user


def _start(organization_id: uuid.UUID, owner: User, now: dt.datetime) -> dict[str, uuid.UUID]:
    """Accept the terms, record the basis, make the links; return their ids by name."""
    acting: _Acting = {
        "organization_id": organization_id,
        "actor": actors.user(owner.pk),
        "user_id": owner.pk,
        "now": now,
    }
    programmes.join(programme_id=DEFAULT_PROGRAMME_ID, terms_version=terms.CURRENT.version, **acting)
    links.record_basis(kind="agreed_at_application", note="応募フォームの「選考後のご案内」の欄（人事部）", **acting)
    made = {}
    for key, (employment_type, stage, label) in LINKS.items():
        link = links.create_static(
            programme_id=DEFAULT_PROGRAMME_ID, label=label, employment_type=employment_type, stage=stage, **acting
        )
        made[key] = link.pk
    return made


def _seat(organization_id: uuid.UUID, owner: User, member: cast.Member, user: User, now: dt.datetime) -> None:
    with acting_as(organization=organization_id, user=owner.pk):
        invitation = organizations.invite(
            organization_id=organization_id,
            email=member.email,
            role=member.role,
            language="ja",
            actor=actors.user(owner.pk),
            now=now,
        )
    token = keys.token(organization_queries.INVITATION, invitation.pk, invitation.version)
    organizations.accept_invitation(token=token, user=user, now=now)


def _register(organization_id: uuid.UUID, link_id: uuid.UUID, arrival: Arrival, now: dt.datetime) -> None:
    """Register as the person would: type, tick, receive the code, enter it."""
    details = Details(name=arrival.name, email=arrival.email, phone=arrival.phone)
    sign_up = candidates.start_sign_up(details=details, language=arrival.language, now=now)
    ticked = wording.ticked(arrival.purposes, arrival.language)
    candidates.set_sign_up_consents(sign_up_id=sign_up.pk, ticked=ticked, now=now)
    candidates.send_sign_up_code(sign_up_id=sign_up.pk, now=now)
    with acting_as(candidate=sign_up.pk):
        sign_up.refresh_from_db()
    register_candidate.register_candidate(
        sign_up_id=sign_up.pk,
        code=keys.code(sign_ups.REGISTRATION, sign_up.challenge),
        link_id=link_id,
        organization_id=organization_id,
        now=now,
    )
