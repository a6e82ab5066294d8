"""Reads of the register, always as its employer."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.postings import queries as postings
from career_relay.domain.hiring.stakeholders import rules
from career_relay.domain.hiring.stakeholders.models import Duty, Stakeholder
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

    from career_relay.domain.ground.postings.queries import PostingLine


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A stakeholder in the register. `has_agreement` is None where no organization of the network is behind it."""

    stakeholder: Stakeholder
    is_inside: bool
    has_agreement: bool | None
    is_review_due: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step of the hiring: the letter of each stakeholder, in their order, and what is missing."""

    step: str
    title: str
    letters: tuple[str, ...]
    faults: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Who does what in which step."""

    stakeholders: tuple[Stakeholder, ...]
    rows: tuple[StepRow, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """The open postings that one member answers for, by title; those nobody answers for have no `member_id`."""

    member_id: uuid.UUID | None
    name: str
    postings: tuple[PostingLine, ...]


def present(organization_id: uuid.UUID) -> QuerySet[Stakeholder]:
    """Return everybody who takes part now, by kind and name."""
    found = Stakeholder.objects.filter(organization_id=organization_id, removed_at=None)
    return found.select_related("member__user").order_by("kind", "name", "pk")


def register(organization_id: uuid.UUID, today: dt.date) -> list[Line]:
    """Return the register, those inside first."""
    bound = agreements.live_partners(organization_id)
    lines = [
        Line(
            stakeholder=one,
            is_inside=rules.is_inside(one.kind),
            has_agreement=None if one.partner_id is None else one.partner_id in bound,
            is_review_due=one.review_on is not None and one.review_on <= today,
        )
        for one in present(organization_id)
    ]
    return sorted(lines, key=lambda line: not line.is_inside)


def matrix(organization_id: uuid.UUID) -> Matrix:
    """Return the table of duties, with a row for every step, also for those in which nobody does anything."""
    everybody = tuple(present(organization_id))
    given = {
        (duty.step, duty.stakeholder_id): duty.part for duty in Duty.objects.filter(organization_id=organization_id)
    }
    rows = []
    for step in Duty.Step:
        letters = tuple(given.get((step, one.pk), "") for one in everybody)
        faults = tuple(rules.faults(letters)) if everybody else ()
        rows.append(StepRow(step=step, title=str(step.label), letters=letters, faults=faults))
    return Matrix(stakeholders=everybody, rows=tuple(rows))


def field(organization_id: uuid.UUID) -> list[FieldLine]:
    """Return who in the field answers for which open postings, those of nobody first, then by name.

    The postings say it themselves, so that it is written down once. A manager whose seat was removed is nobody.
    """
    found: dict[tuple[str, uuid.UUID | None], list[PostingLine]] = {}
    for line in postings.of_organization(organization_id):
        if line.is_open:
            key = line.manager_id if line.manager_name else None
            found.setdefault((line.manager_name, key), []).append(line)
    ordered = sorted(found.items(), key=lambda item: (item[0][1] is not None, item[0][0], str(item[0][1])))
    return [FieldLine(member_id=key, name=name, postings=tuple(lines)) for (name, key), lines in ordered]


def duties_of(organization_id: uuid.UUID, stakeholder_id: uuid.UUID) -> dict[str, str]:
    """Return the letter of a stakeholder by step."""
    found = Duty.objects.filter(organization_id=organization_id, stakeholder_id=stakeholder_id)
    return dict(found.values_list("step", "part"))


def employers_with_reviews(day: dt.date) -> list[uuid.UUID]:
    """Return the employers of whose stakeholders one is to be looked at again by `day` and was not reminded of."""
    return [found["organization_id"] for found in gate.rows("employers_with_reviews", day)]
