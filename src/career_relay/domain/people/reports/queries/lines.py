"""The rows behind a figure of the yearly report, as pages show them. The caller acts as the agency."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.people.candidates.models import Identity
from career_relay.domain.people.placements.models import Placement
from career_relay.domain.people.reports.rules import year as rules
from career_relay.domain.people.routing.models import Assignment

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

Counted: typing.TypeAlias = "collections.abc.Sequence[tuple[rules.Row, int]]"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row behind a figure: a posting, a person or a hire (`book` says which), and what it adds.

    `name` is empty where the person is no longer visible, `company` where it goes without saying.
    """

    book: str
    key: uuid.UUID
    name: str
    company: str
    occupation: str
    on: dt.date
    weight: int


def lines(book: str, counted: Counted) -> list[Line]:
    """Return rows of one book with the names that the agency may see, in the order they came."""
    keys = {row.key for row, _weight in counted}
    told = _postings(keys) if book == "postings" else _people(keys) if book == "seekers" else _hires(keys)
    return [
        Line(
            book=book,
            key=row.key,
            name=told[row.key][0],
            company=told[row.key][1],
            occupation=row.occupation,
            on=row.day,
            weight=weight,
        )
        for row, weight in counted
    ]


def _postings(keys: set[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    rows = list(JobPosting.objects.filter(pk__in=keys))
    owners = organizations.names_of({row.organization_id for row in rows}) if rows else {}
    return {row.pk: (row.title, row.hiring_employer_name or owners[row.organization_id].name) for row in rows}


def _people(keys: set[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    whose = dict(Assignment.objects.filter(pk__in=keys).values_list("pk", "candidate_id"))
    names = _names(whose.values())
    return {key: (names.get(candidate_id, ""), "") for key, candidate_id in whose.items()}


def _hires(keys: set[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    rows = list(Placement.objects.filter(pk__in=keys))
    names = _names(row.candidate_id for row in rows)
    return {row.pk: (names.get(row.candidate_id, ""), row.employer_name) for row in rows}


def _names(candidate_ids: collections.abc.Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    return dict(Identity.objects.filter(pk__in=set(candidate_ids)).values_list("candidate_id", "name"))
