"""What an agency sees of its people. A name comes with the access alone: before the yes and after the end there is none."""

from __future__ import annotations

import dataclasses
import math
import typing

from django.db.models import Count, Max, Q

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.skills import occupations
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.candidates.models import Identity, Profile
from career_relay.domain.people.routing.models import Assignment, Contact
from career_relay.kernel.japanese import folding

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

PAGE_SIZE: typing.Final = 50
_PREFECTURES: typing.Final = dict(vocabulary.PREFECTURES)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Somebody who waits for the agency's answer: wishes, and nothing that says who they are."""

    assignment_id: uuid.UUID
    prefecture: str
    prefecture_name: str
    occupations: tuple[str, ...]
    occupation_names: tuple[str, ...]
    employment_type: str
    employment_type_name: str
    is_chosen: bool
    offered_at: dt.datetime
    answer_by: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person in the agency's list. `name` is empty once the agency no longer looks after them."""

    assignment_id: uuid.UUID
    name: str
    state: str
    state_name: str
    prefecture_name: str
    occupation: str
    employment_type_name: str
    adviser_id: uuid.UUID | None
    adviser_name: str
    accepted_at: dt.datetime | None
    contact_by: dt.datetime | None
    contacted_at: dt.datetime | None
    escalated_at: dt.datetime | None
    last_contact_at: dt.datetime | None
    ended_at: dt.datetime | None
    end_reason_name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What waits for the agency. `late` are the people whose first contact is overdue."""

    offers: tuple[Offer, ...]
    to_contact: tuple[PersonLine, ...]
    late: tuple[PersonLine, ...]
    people_open: int
    capacity: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list of people, how many the whole list has, and how many assignments there are by state."""

    lines: tuple[PersonLine, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """All that an agency knows of one person. `identity` is there only while it looks after them."""

    line: PersonLine
    identity: candidates.Person | None
    prefecture: str
    employment_type: str
    is_chosen: bool
    offered_at: dt.datetime
    end_reason: str
    late_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """One word with the person, as it was written down."""

    contact_id: uuid.UUID
    channel: str
    channel_name: str
    purpose: str
    purpose_name: str
    happened_at: dt.datetime
    summary: str
    by_name: str
    recorded_at: dt.datetime


def today(organization_id: uuid.UUID, now: dt.datetime) -> Today:
    """Return what waits for the agency: answers, first contacts, and those that are overdue."""
    offers = _of(organization_id).filter(state=Assignment.State.OFFERED, answer_by__gt=now)
    active = _of(organization_id).filter(state=Assignment.State.ACTIVE)
    silent = _lines(list(_listed(active.filter(contacted_at=None)).order_by("contact_by", "pk")))
    desk = agencies.desk(organization_id)
    return Today(
        offers=tuple(_offer(row) for row in offers.order_by("answer_by", "-is_chosen", "pk")),
        to_contact=tuple(line for line in silent if line.contact_by and line.contact_by > now),
        late=tuple(line for line in silent if line.contact_by and line.contact_by <= now),
        people_open=active.count(),
        capacity=desk.capacity if desk else 0,
    )


def people(
    organization_id: uuid.UUID,
    words: str = "",
    state: str = Assignment.State.ACTIVE,
    adviser_id: uuid.UUID | None = None,
    page: int = 1,
) -> Page:
    """Return the agency's people in one state, the newest first, narrowed by a part of the name or by adviser.

    Names are compared as they are read: 高崎 finds 髙﨑. An agency has as many people as it can look after, so its
    own names are read and compared here.
    """
    found = _of(organization_id).filter(state=state)
    if adviser_id:
        found = found.filter(adviser=adviser_id)
    if words.strip():
        found = found.filter(candidate_id__in=_named(found, words))
    total = found.count()
    pages = max(1, math.ceil(total / PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = _listed(found).order_by("-offered_at", "-pk")[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    counted = dict(_of(organization_id).order_by().values_list("state").annotate(Count("pk")))
    return Page(
        lines=tuple(_lines(list(rows))),
        total=total,
        page=page,
        pages=pages,
        counts={one.value: counted.get(one.value, 0) for one in Assignment.State},
    )


def person(organization_id: uuid.UUID, assignment_id: uuid.UUID) -> PersonFile | None:
    """Return the file of one person; None for an assignment that is another agency's, or no person's file yet."""
    row = _listed(_of(organization_id)).filter(pk=assignment_id, answered_at__isnull=False).first()
    if row is None or row.state == Assignment.State.DECLINED:
        return None
    [line] = _lines([row])
    return PersonFile(
        line=line,
        identity=candidates.identity(row.candidate_id),
        prefecture=row.prefecture,
        employment_type=row.employment_type,
        is_chosen=row.is_chosen,
        offered_at=row.offered_at,
        end_reason=row.end_reason,
        late_at=row.late_at,
    )


def contacts(organization_id: uuid.UUID, assignment_id: uuid.UUID) -> list[ContactLine]:
    """Return what was said with the person, the newest first."""
    found = Contact.objects.filter(organization_id=organization_id, assignment=assignment_id)
    return [
        ContactLine(
            contact_id=row.pk,
            channel=row.channel,
            channel_name=str(row.get_channel_display()),
            purpose=row.purpose,
            purpose_name=str(row.get_purpose_display()),
            happened_at=row.happened_at,
            summary=row.summary,
            by_name=row.by.user.name,
            recorded_at=row.recorded_at,
        )
        for row in found.select_related("by__user").order_by("-happened_at", "-pk")
    ]


def _of(organization_id: uuid.UUID) -> QuerySet[Assignment]:
    return Assignment.objects.filter(organization_id=organization_id)


def _listed(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return found.select_related("adviser__user").annotate(last_contact_at=Max("contacts__happened_at"))


def _named(found: QuerySet[Assignment], words: str) -> list[uuid.UUID]:
    wanted = folding.fold(words)
    names = Identity.objects.filter(candidate_id__in=found.values("candidate_id")).values_list("candidate_id", "name")
    return [candidate_id for candidate_id, name in names if wanted in folding.fold(name)]


def _offer(row: Assignment) -> Offer:
    return Offer(
        assignment_id=row.pk,
        prefecture=row.prefecture,
        prefecture_name=str(row.get_prefecture_display()),
        occupations=tuple(row.occupations),
        occupation_names=tuple(str(label) for label in occupations.labels(row.occupations)),
        employment_type=row.employment_type,
        employment_type_name=str(row.get_employment_type_display()),
        is_chosen=row.is_chosen,
        offered_at=row.offered_at,
        answer_by=row.answer_by,
    )


def _lines(rows: list[typing.Any]) -> list[PersonLine]:
    """Return the lines of assignments, with names and wishes from where they may be read."""
    named = Q(candidate_id__in=[row.candidate_id for row in rows])
    names = dict(Identity.objects.filter(named).values_list("candidate_id", "name"))
    profiles = Profile.objects.in_bulk([row.candidate_id for row in rows])
    return [_line(row, names.get(row.candidate_id, ""), profiles.get(row.candidate_id)) for row in rows]


def _line(row: typing.Any, name: str, profile: Profile | None) -> PersonLine:
    wish = profile or row
    return PersonLine(
        assignment_id=row.pk,
        name=name,
        state=row.state,
        state_name=str(row.get_state_display()),
        prefecture_name=str(_PREFECTURES.get(wish.prefecture, "")),
        occupation=profile.occupation if profile else "、".join(map(str, occupations.labels(row.occupations))),
        employment_type_name=str(wish.get_employment_type_display()),
        adviser_id=row.adviser_id,
        adviser_name=row.adviser.user.name if row.adviser else "",
        accepted_at=row.answered_at if row.contact_by else None,
        contact_by=row.contact_by,
        contacted_at=row.contacted_at,
        escalated_at=row.escalated_at,
        last_contact_at=row.last_contact_at,
        ended_at=row.ended_at,
        end_reason_name=str(row.get_end_reason_display()),
    )
