from __future__ import annotations

import dataclasses
import math
import typing

from django.db.models import Count, Q

from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.postings import rules
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.ground.skills import occupations

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

PAGE_SIZE: typing.Final = 50
_PREFECTURES: typing.Final = dict(vocabulary.PREFECTURES)


@dataclasses.dataclass(frozen=True, slots=True)
class PostingLine:
    """A posting in a list; `manager_name` is empty when nobody is named."""

    id: uuid.UUID
    title: str
    external_id: str
    employment_type: str
    state: str
    manager_id: uuid.UUID | None
    manager_name: str

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still looked for."""
        return self.state == JobPosting.State.OPEN


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A posting in an agency's list. It is complete when it says all that the law wants said before an introduction."""

    id: uuid.UUID
    title: str
    employer_name: str
    occupation_name: str
    prefecture_name: str
    salary: str
    openings: int
    is_complete: bool
    state: str
    state_name: str
    valid_until: dt.date | None

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still looked for."""
        return self.state == JobPosting.State.OPEN


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of an agency's postings, how many the whole list has, and how many postings there are by state."""

    lines: tuple[SheetLine, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


def of_organization(organization_id: uuid.UUID) -> list[PostingLine]:
    """Return the postings of an organization, open ones first, by title."""
    found = JobPosting.objects.filter(organization_id=organization_id).select_related("manager__user")
    return [_line(posting) for posting in found.order_by("-state", "title", "id")]


def titles(organization_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the titles of an organization's postings by id, open ones first, by title: for choosing one of them."""
    found = JobPosting.objects.filter(organization_id=organization_id).order_by("-state", "title", "id")
    return dict(found.values_list("pk", "title"))


def managed_by(organization_id: uuid.UUID, user_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the postings that a member is named for, as long as the member has a seat."""
    found = JobPosting.objects.filter(
        organization_id=organization_id, manager__user_id=user_id, manager__removed_at=None
    )
    return list(found.order_by("id").values_list("id", flat=True))


def posting(organization_id: uuid.UUID, posting_id: uuid.UUID) -> JobPosting | None:
    """Return one posting of the organization."""
    return JobPosting.objects.filter(organization_id=organization_id, pk=posting_id).first()


def of_agency(
    organization_id: uuid.UUID, *, words: str = "", state: str = JobPosting.State.OPEN, page: int = 1
) -> Page:
    """Return a page of an agency's postings, the newest first; `words` are looked for in titles and employers' names."""
    found = JobPosting.objects.filter(organization_id=organization_id)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(hiring_employer_name__icontains=word))
    counts = dict.fromkeys(JobPosting.State.values, 0)
    counts |= dict(found.order_by().values_list("state").annotate(Count("pk")))
    total = counts.get(state, 0)
    pages = max(1, math.ceil(total / PAGE_SIZE))
    page = min(max(1, page), pages)
    listed = found.filter(state=state).order_by("-created_at", "-id")[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Page(lines=tuple(map(_sheet_line, listed)), total=total, page=page, pages=pages, counts=counts)


def proposable(organization_id: uuid.UUID, today: dt.date) -> list[JobPosting]:
    """Return the agency's postings that people may be introduced for today, by title: open, complete and still valid."""
    found = JobPosting.objects.filter(organization_id=organization_id, state=JobPosting.State.OPEN)
    return [one for one in found.order_by("title", "id") if is_proposable(one, today)]


def is_proposable(posting: JobPosting, today: dt.date) -> bool:
    """Tell whether people may be introduced for the posting today."""
    is_valid = posting.valid_until is None or posting.valid_until >= today
    return posting.state == JobPosting.State.OPEN and is_valid and not missing(posting)


def missing(posting: JobPosting) -> list[str]:
    """Return what the law still wants the posting to say. A name alone says who hires outside the network."""
    is_outside = posting.hiring_employer_id is None and bool(posting.hiring_employer_name)
    return rules.missing(rules.Terms.of(posting.terms), is_outside=is_outside)


def _sheet_line(posting: JobPosting) -> SheetLine:
    return SheetLine(
        id=posting.pk,
        title=posting.title,
        employer_name=posting.hiring_employer_name,
        occupation_name="".join(occupations.labels([posting.occupation])),
        prefecture_name=str(_PREFECTURES.get(posting.prefecture, "")),
        salary=rules.salary_words(rules.Terms.of(posting.terms)),
        openings=posting.openings,
        is_complete=not missing(posting),
        state=posting.state,
        state_name=str(posting.get_state_display()),
        valid_until=posting.valid_until,
    )


def _line(posting: JobPosting) -> PostingLine:
    manager = posting.manager
    return PostingLine(
        id=posting.pk,
        title=posting.title,
        external_id=posting.external_id,
        employment_type=posting.employment_type,
        state=posting.state,
        manager_id=posting.manager_id,
        manager_name=manager.user.name if manager is not None and manager.removed_at is None else "",
    )
