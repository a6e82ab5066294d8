from __future__ import annotations

import dataclasses
import typing

from django.conf import settings
from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.hiring.stakeholders import queries, rules
from career_relay.domain.hiring.stakeholders.models import Duty, Stakeholder
from career_relay.kernel import clock, japanese
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.kernel import actors

PAGE: typing.Final = "/employer/stakeholders/"
RIGHT: typing.Final = "manage_stakeholders"
_NAMES: typing.Final = ("name", "role", "contact", "exchanged")
_REACHED: typing.Final = ("contact", "email", "phone")


class UnableToFindStakeholder(DomainError):
    """The employer has no such stakeholder, or removed it."""

    code = "STAKEHOLDER_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("関係者が見つかりません。一覧を開き直して、もう一度選んでください。"))


class UnableToNameMember(DomainError):
    """The person is no member of the employer."""

    code = "STAKEHOLDER_MEMBER_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__(_("選んだ方は、いまのメンバーではありません。ほかの方を選ぶか、空にしてください。"))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is written down about a stakeholder. `partner_id` names an organization of the network, `member_id` a seat."""

    kind: str
    name: str
    role: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    exchanged: str = ""
    partner_id: uuid.UUID | None = None
    member_id: uuid.UUID | None = None
    review_on: dt.date | None = None


def add(*, organization_id: uuid.UUID, described: Description, actor: actors.Actor, now: dt.datetime) -> Stakeholder:
    """Take somebody into the register.

    Raises UnableToActWithoutRight, UnableToNameMember.
    """
    seats.acting(organization_id=organization_id, actor=actor, right=RIGHT)
    _check_member(organization_id, described)
    stakeholder = Stakeholder.objects.create(organization_id=organization_id, created_at=now, **_values(described))
    _record("stakeholder.added", stakeholder, actor, now, kind=stakeholder.kind)
    return stakeholder


def change(
    *,
    organization_id: uuid.UUID,
    stakeholder_id: uuid.UUID,
    described: Description,
    actor: actors.Actor,
    now: dt.datetime,
) -> Stakeholder:
    """Write down what is true of a stakeholder now; the fact names the fields, not the words.

    Raises UnableToActWithoutRight, UnableToFindStakeholder, UnableToNameMember.
    """
    seats.acting(organization_id=organization_id, actor=actor, right=RIGHT)
    _check_member(organization_id, described)
    stakeholder = _present(organization_id, stakeholder_id)
    wanted = _values(described)
    changed = sorted(field for field, value in wanted.items() if getattr(stakeholder, field) != value)
    for field in changed:
        setattr(stakeholder, field, wanted[field])
    if changed:
        stakeholder.save(update_fields=changed)
        _record("stakeholder.changed", stakeholder, actor, now, fields=changed)
    return stakeholder


def remove(
    *, organization_id: uuid.UUID, stakeholder_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Stakeholder:
    """Take somebody out of the register, and out of every step; the row stays, without how anybody is reached.

    Raises UnableToActWithoutRight, UnableToFindStakeholder.
    """
    seats.acting(organization_id=organization_id, actor=actor, right=RIGHT)
    stakeholder = _present(organization_id, stakeholder_id)
    stakeholder.removed_at = now
    for field in _REACHED:
        setattr(stakeholder, field, "")
    stakeholder.save(update_fields=["removed_at", *_REACHED])
    Duty.objects.filter(organization_id=organization_id, stakeholder=stakeholder).delete()
    _record("stakeholder.removed", stakeholder, actor, now)
    return stakeholder


def share_out(
    *,
    organization_id: uuid.UUID,
    stakeholder_id: uuid.UUID,
    parts: collections.abc.Mapping[str, str],
    actor: actors.Actor,
    now: dt.datetime,
) -> None:
    """Say what a stakeholder does in each step; a step that is not named, or named with nothing, is not theirs.

    `parts` holds a letter (R, A, C, I) by step. Raises UnableToActWithoutRight, UnableToFindStakeholder.
    """
    seats.acting(organization_id=organization_id, actor=actor, right=RIGHT)
    stakeholder = _present(organization_id, stakeholder_id)
    wanted = {step: part for step, part in parts.items() if part}
    if wanted == queries.duties_of(organization_id, stakeholder_id):
        return
    Duty.objects.filter(organization_id=organization_id, stakeholder=stakeholder).delete()
    Duty.objects.bulk_create(
        Duty(organization_id=organization_id, stakeholder=stakeholder, step=Duty.Step(step), part=Duty.Part(part))
        for step, part in wanted.items()
    )
    _record("stakeholder.changed", stakeholder, actor, now, fields=["duties"])


def remind(*, organization_id: uuid.UUID, now: dt.datetime) -> int:
    """Tell the owners by mail, in one, whom to look at again; each date once. Returns how many stakeholders it names."""
    today = clock.day_in_japan(now)
    due = [
        one
        for one in queries.present(organization_id).select_for_update(of=("self",))
        if rules.is_reminder_due(one.review_on, one.reminded_for, today)
    ]
    if not due:
        return 0
    for one in due:
        one.reminded_for = one.review_on
    Stakeholder.objects.bulk_update(due, ["reminded_for"])
    employer = organizations.profile(organization_id).name
    for member in organizations.members(organization_id).filter(role=Member.Role.OWNER):
        messaging.queue(
            template="mail/stakeholders_review",
            to=member.user.email,
            language=member.user.language,
            context={"organization": employer, "stakeholders": due, "page_url": f"{settings.SITE_URL}{PAGE}"},
            organization=organization_id,
            now=now,
        )
    return len(due)


def _check_member(organization_id: uuid.UUID, described: Description) -> None:
    members = organizations.members(organization_id)
    if described.member_id and not members.filter(pk=described.member_id).exists():
        raise UnableToNameMember


def _values(described: Description) -> dict[str, typing.Any]:
    """Return the columns: a member only inside, an organization of the network only outside."""
    values = dataclasses.asdict(described)
    values |= {field: japanese.clean_name(values[field]) for field in _NAMES}
    values["partner_id" if rules.is_inside(described.kind) else "member_id"] = None
    return values


def _present(organization_id: uuid.UUID, stakeholder_id: uuid.UUID) -> Stakeholder:
    found = Stakeholder.objects.select_for_update().filter(
        organization_id=organization_id, pk=stakeholder_id, removed_at=None
    )
    stakeholder = found.first()
    if stakeholder is None:
        raise UnableToFindStakeholder
    return stakeholder


def _record(fact: str, stakeholder: Stakeholder, actor: actors.Actor, now: dt.datetime, **data: typing.Any) -> None:
    facts.record(
        fact,
        actor=actor,
        occurred_at=now,
        organization=stakeholder.organization_id,
        subject=stakeholder.pk,
        **data,
    )
