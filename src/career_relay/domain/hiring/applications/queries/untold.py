"""Whom the employer rejected and has not told: how long each waits, and who is to tell them."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import typing

from django.db.models import Case, Count, F, Q, Value, When

from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.applications import filters as narrowing
from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.applications.queries import listing, selecting
from career_relay.kernel import clock
from career_relay.kernel.japanese import working_days

if typing.TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UntoldLine:
    """Somebody who waits. `working_days` since the decision is None where its day is not known."""

    application: listing.ApplicationLine
    working_days: int | None
    is_overdue: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UntoldCount:
    """How many wait by one posting or recruiter. `value` is what the filter takes; `-` where none is recorded."""

    value: str
    name: str
    waiting: int
    overdue: int


class UntoldCounts(typing.NamedTuple):
    """How many wait, and how many of them for longer than the programme allows."""

    waiting: int
    overdue: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A page of those who wait, with their numbers by posting (under the recruiter chosen) and the other way round."""

    lines: list[UntoldLine]
    waiting: int
    overdue: int
    limit_days: int
    postings: list[UntoldCount]
    recruiters: list[UntoldCount]
    page: int
    pages: int


@dataclasses.dataclass(frozen=True, slots=True)
class _Group:
    posting_id: str
    posting_title: str
    recruiter: str
    waiting: int
    overdue: int


def untold(
    organization_id: uuid.UUID,
    now: dt.datetime,
    *,
    posting: str = "",
    recruiter: str = "",
    page: int = 1,
    on_its_way: QuerySet[typing.Any, uuid.UUID] | None = None,
) -> Untold:
    """Return a page of those who wait: overdue first, then those whose day is not known, then the others; oldest first.

    `on_its_way` are the applications that a confirmed notice already tells of. Posting and recruiter narrow as the
    filters of the list do.
    """
    limit = _limit(now)
    overdue = _is_overdue(now, limit)
    groups = _groups(_waiting(organization_id, on_its_way), overdue)
    chosen = [one for one in groups if _fits(one.posting_id, posting) and _fits(one.recruiter, recruiter)]
    counts = _sum(chosen)
    pages = max(1, -(-counts.waiting // listing.PAGE_SIZE))
    page = min(max(1, page), pages)
    wanted = narrowing.Filters(posting=posting, recruiter=recruiter, told=narrowing.UNTOLD)
    people = _without(selecting.rows(organization_id, wanted), on_its_way).order_by(*_overdue_first(overdue))
    start = (page - 1) * listing.PAGE_SIZE
    identifiers = list(people.values_list("pk", flat=True)[start : start + listing.PAGE_SIZE])
    return Untold(
        lines=[_line(one, clock.day_in_japan(now), limit) for one in listing.lines_of(identifiers)],
        waiting=counts.waiting,
        overdue=counts.overdue,
        limit_days=limit,
        postings=_by_posting([one for one in groups if _fits(one.recruiter, recruiter)]),
        recruiters=_by_recruiter([one for one in groups if _fits(one.posting_id, posting)]),
        page=page,
        pages=pages,
    )


def untold_counts(
    organization_id: uuid.UUID, now: dt.datetime, *, on_its_way: QuerySet[typing.Any, uuid.UUID] | None = None
) -> UntoldCounts:
    """Return how many people wait for an answer, and how many of them are overdue."""
    overdue = _is_overdue(now, _limit(now))
    counted = _waiting(organization_id, on_its_way).aggregate(waiting=Count("pk"), overdue=Count("pk", filter=overdue))
    return UntoldCounts(**counted)


def _limit(now: dt.datetime) -> int:
    return programmes.policy_at(DEFAULT_PROGRAMME_ID, now).notice_limit_days


def _waiting(organization_id: uuid.UUID, on_its_way: QuerySet[typing.Any, uuid.UUID] | None) -> QuerySet[Application]:
    return _without(selecting.rows(organization_id, narrowing.Filters(told=narrowing.UNTOLD)), on_its_way)


def _without(
    people: QuerySet[Application], on_its_way: QuerySet[typing.Any, uuid.UUID] | None
) -> QuerySet[Application]:
    return people if on_its_way is None else people.exclude(pk__in=on_its_way)


def _is_overdue(now: dt.datetime, limit: int) -> Q:
    """Select what was decided so long ago; an unknown day is never overdue, for nobody can tell."""
    last = rules.last_overdue_day(clock.day_in_japan(now), limit)
    return Q(decided_at__lt=clock.start_of_day_in_japan(last + dt.timedelta(days=1)))


def _overdue_first(overdue: Q) -> list[typing.Any]:
    group = Case(When(overdue, then=Value(0)), When(decided_at=None, then=Value(1)), default=Value(2))
    return [group, F("decided_at").asc(), F("id").asc()]


def _groups(people: QuerySet[Application], overdue: Q) -> list[_Group]:
    """Count once, by posting and recruiter together; everything else is a sum of these."""
    counted = people.order_by().values_list("posting_id", "posting__title", "recruiter")
    numbered = counted.annotate(waiting=Count("pk"), overdue=Count("pk", filter=overdue))
    return [_Group(str(posting or ""), title or "", *others) for posting, title, *others in numbered]


def _fits(value: str, wanted: str) -> bool:
    return not wanted or wanted == (value or narrowing.NOT_RECORDED)


def _sum(groups: list[_Group]) -> UntoldCounts:
    return UntoldCounts(sum(one.waiting for one in groups), sum(one.overdue for one in groups))


def _by_posting(groups: list[_Group]) -> list[UntoldCount]:
    titles = {one.posting_id: one.posting_title for one in groups}
    parts = collections.defaultdict(list)
    for one in groups:
        parts[one.posting_id].append(one)
    return _most_first([_count(posting, titles[posting], own) for posting, own in parts.items()])


def _by_recruiter(groups: list[_Group]) -> list[UntoldCount]:
    parts = collections.defaultdict(list)
    for one in groups:
        parts[one.recruiter].append(one)
    return _most_first([_count(recruiter, recruiter, own) for recruiter, own in parts.items()])


def _count(value: str, name: str, groups: list[_Group]) -> UntoldCount:
    waiting, overdue = _sum(groups)
    return UntoldCount(value=value or narrowing.NOT_RECORDED, name=name, waiting=waiting, overdue=overdue)


def _most_first(counts: list[UntoldCount]) -> list[UntoldCount]:
    return sorted(counts, key=lambda one: (-one.overdue, -one.waiting, one.name, one.value))


def _line(application: listing.ApplicationLine, today: dt.date, limit: int) -> UntoldLine:
    if application.decided_at is None:
        return UntoldLine(application=application, working_days=None, is_overdue=False)
    passed = working_days.working_days_between(clock.day_in_japan(application.decided_at), today)
    return UntoldLine(application=application, working_days=passed, is_overdue=passed > limit)
