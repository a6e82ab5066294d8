"""Who acts on an introduction, on which side, and what every move leaves behind."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import Introduction, Side, Step
from career_relay.domain.people.introductions.operations import errors
from career_relay.domain.people.routing import operations as routing
from career_relay.kernel import actors, clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations.models import Member
    from career_relay.domain.ground.organizations.rules import Right

DECIDE: typing.Final[Right] = "decide_introductions"


def working(*, organization_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Member:
    """Return the seat from which somebody acts for an agency that may act today. The caller acts as the agency.

    Raises UnableToActWithoutRight, UnableToWriteOnFile.
    """
    seat = routing.taking(organization_id=organization_id, actor=actor)
    standing = agencies.standing(organization_id, clock.day_in_japan(now))
    if not standing.may_act:
        raise routing.UnableToWriteOnFile(standing.text)
    return seat


def side_of(
    *, organization_id: uuid.UUID, introduction_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> tuple[Introduction, Side]:
    """Return the introduction and the side on which this organization's member may act. The caller acts as it.

    Raises UnableToFindIntroduction, UnableToActWithoutRight, UnableToWriteOnFile.
    """
    introduction = found(introduction_id=introduction_id)
    if introduction.organization_id == organization_id:
        working(organization_id=organization_id, actor=actor, now=now)
        return introduction, Side.AGENCY
    seats.acting(organization_id=organization_id, actor=actor, right=DECIDE)
    return introduction, Side.EMPLOYER


def found(*, introduction_id: uuid.UUID) -> Introduction:
    """Return the introduction to one of its parties. Raises UnableToFindIntroduction."""
    introduction = Introduction.objects.filter(pk=introduction_id).first()
    if introduction is None:
        raise errors.UnableToFindIntroduction
    return introduction


def locked(*, introduction_id: uuid.UUID) -> Introduction:
    """Return the introduction to one of its parties, locked until the transaction ends. Raises UnableToFindIntroduction."""
    found = Introduction.objects.select_for_update(no_key=True).filter(pk=introduction_id).first()
    if found is None:
        raise errors.UnableToFindIntroduction
    return found


def movable(*, introduction_id: uuid.UUID, side: str, act: rules.Act) -> Introduction:
    """Return the introduction, locked, if the side may do this now.

    Raises UnableToFindIntroduction, UnableToMoveIntroduction.
    """
    introduction = locked(introduction_id=introduction_id)
    if act not in rules.allowed(introduction.state, side, introduction.is_outside):
        raise errors.UnableToMoveIntroduction
    return introduction


def keep(
    *,
    introduction: Introduction,
    before: str,
    side: str,
    actor: actors.Actor,
    now: dt.datetime,
    reason: str = "",
    note: str = "",
) -> None:
    """Save a changed introduction with a line in its history."""
    introduction.changed_at = now
    introduction.save()
    Step.objects.create(
        candidate_id=introduction.candidate_id,
        organization_id=introduction.organization_id,
        employer_id=introduction.employer_id,
        introduction=introduction,
        state_before=before,
        state_after=introduction.state,
        round=introduction.round,
        side=side,
        actor=actor.kind,
        reason=reason,
        note=note,
        at=now,
    )


def record_block(
    *, organization_id: uuid.UUID, assignment_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> None:
    """Write down that the agency was kept from proposing to somebody it placed. The caller acts as the agency."""
    facts.record(
        "introduction.blocked", actor=actor, occurred_at=now, organization=organization_id, subject=assignment_id
    )


def check_agency(*, introduction: Introduction, now: dt.datetime) -> None:
    """Have nobody go on towards a hire while the agency may not introduce people. Raises UnableToGoOnWithoutAgency."""
    if not agreements.may_receive(introduction.organization_id, clock.day_in_japan(now)):
        raise errors.UnableToGoOnWithoutAgency


def record(
    *, kind: str, introduction: Introduction, side: str, actor: actors.Actor, now: dt.datetime, **data: str | int | bool
) -> None:
    """Write the fact down for the side that acts: a person's own stream, or the organization's, which names nobody."""
    owner = {
        Side.PERSON: {"candidate": introduction.candidate_id},
        Side.EMPLOYER: {"organization": introduction.employer_id},
    }.get(Side(side), {"organization": introduction.organization_id})
    facts.record(kind, actor=actor, occurred_at=now, subject=introduction.pk, **owner, **data)  # type: ignore[arg-type]
