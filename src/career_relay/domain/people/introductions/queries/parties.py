"""What an employer and a person see. The employer has no row before the person's yes; the person has all of theirs."""

from __future__ import annotations

import typing

from django.db.models import Count, Q

from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.introductions.models import ENDED, RUNNING, Introduction, Side
from career_relay.domain.people.introductions.queries import shapes

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

WAITING, OPEN, OVER = "waiting", "open", "ended"
_STATE: typing.TypeAlias = Introduction.State
_OURS: typing.Final = Q(state__in=[_STATE.INTRODUCED, _STATE.SCREENING, _STATE.ACCEPTED])


def inbox(organization_id: uuid.UUID, *, now: dt.datetime, state_group: str = WAITING, page: int = 1) -> shapes.Page:
    """Return the people introduced to the employer: those that wait for it, all in selection, or those that are over."""
    ours = shapes.listed(_of_employer(organization_id))
    groups = _groups(now)
    counts = ours.aggregate(**{group: Count("pk", filter=narrowed) for group, narrowed in groups.items()})
    return shapes.page_of(ours.filter(groups.get(state_group, groups[WAITING])), counts, page, now)


def of_employer(organization_id: uuid.UUID, introduction_id: uuid.UUID, *, now: dt.datetime) -> shapes.File | None:
    """Return one introduction to the employer; its `identity` is there while the employer may see the person."""
    row = shapes.listed(_of_employer(organization_id)).filter(pk=introduction_id).first()
    return shapes.file(row, Side.EMPLOYER, now) if row else None


def of_person(candidate_id: uuid.UUID, *, now: dt.datetime) -> list[shapes.Line]:
    """Return everything that was put before the person: what waits for them first, then the last changed."""
    found = shapes.listed(Introduction.objects.filter(candidate_id=candidate_id)).order_by("-changed_at", "-pk")
    return sorted(shapes.lines(found, now), key=lambda line: line.waits_for != Side.PERSON)


def for_person(candidate_id: uuid.UUID, introduction_id: uuid.UUID, *, now: dt.datetime) -> shapes.File | None:
    """Return one introduction of the person, and whether it is to an employer they keep away."""
    found = Introduction.objects.filter(candidate_id=candidate_id, pk=introduction_id)
    row = shapes.listed(found).first()
    if row is None:
        return None
    employer_id = row.hiring_employer_id
    is_excluded = employer_id is not None and candidates.is_excluded(candidate_id, employer_id)
    return shapes.file(row, Side.PERSON, now, is_excluded=is_excluded)


def running(candidate_id: uuid.UUID) -> list[Introduction]:
    """Return what is open for the person, in a stable order. The caller acts as the person."""
    found = Introduction.objects.filter(candidate_id=candidate_id, state__in=RUNNING)
    return list(found.order_by("proposed_at", "pk"))


def one(introduction_id: uuid.UUID) -> Introduction | None:
    """Return an introduction to one of its parties, as it stands."""
    return Introduction.objects.filter(pk=introduction_id).first()


def _groups(now: dt.datetime) -> dict[str, Q]:
    """Return how the inbox is narrowed; with an interview still to come nobody waits for the employer."""
    is_met = Q(interview_at=None) | Q(interview_at__lte=now)
    return {
        WAITING: _OURS | (Q(state=_STATE.INTERVIEW, has_open_times=False) & is_met),
        OPEN: Q(state__in=RUNNING),
        OVER: Q(state__in=[*ENDED, _STATE.JOINED]),
    }


def _of_employer(organization_id: uuid.UUID) -> QuerySet[Introduction]:
    return Introduction.objects.filter(employer_id=organization_id)
