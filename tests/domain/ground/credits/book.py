"""Counting and reversing as the employer, in one line each."""

from __future__ import annotations

import typing

from career_relay.domain.ground.credits import operations, queries
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

ONE, OTHER = actors.user(ids.new()), actors.user(ids.new())


def count(
    organization: uuid.UUID, key: str, *, now: dt.datetime = NOW, programme: uuid.UUID = DEFAULT_PROGRAMME_ID
) -> operations.Counted:
    with acting_as(organization=organization):
        holder = operations.lock_holder(organization_id=organization, programme_id=programme)
        policy = programmes.policy_at(programme, now)
        return operations.count(holder=holder, policy=policy, natural_key=key, actor=actors.SYSTEM, now=now)


def count_many(
    organization: uuid.UUID, total: int, *, prefix: str = "r", now: dt.datetime = NOW
) -> list[operations.Counted]:
    return [count(organization, f"{prefix}{number}", now=now) for number in range(1, total + 1)]


def reverse(
    organization: uuid.UUID, entry: uuid.UUID, *, programme: uuid.UUID = DEFAULT_PROGRAMME_ID, **changes: typing.Any
) -> operations.Reversed:
    usual: dict[str, typing.Any] = {
        "reason": "同じ方の二重の登録でした",
        "actor": ONE,
        "second_actor": OTHER,
        "now": NOW,
    }
    with acting_as(organization=organization):
        holder = operations.lock_holder(organization_id=organization, programme_id=programme)
        return operations.reverse(holder=holder, entry_id=entry, **usual | changes)


def standing(
    organization: uuid.UUID, *, now: dt.datetime = NOW, programme: uuid.UUID = DEFAULT_PROGRAMME_ID
) -> queries.Standing:
    with acting_as(organization=organization):
        return queries.standing(organization_id=organization, programme_id=programme, now=now)


def statement(
    organization: uuid.UUID, month: dt.date, *, programme: uuid.UUID = DEFAULT_PROGRAMME_ID
) -> queries.Statement:
    with acting_as(organization=organization):
        return queries.statement(organization_id=organization, programme_id=programme, month=month)
