"""The list of applications: narrowed, counted by outcome, sorted, in pages."""

from __future__ import annotations

import dataclasses
import typing

from django.db import models
from django.db.models import Case, Count, F, Value, When
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.applications.queries import selecting, sql
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

    from career_relay.domain.hiring.applications.filters import Filters

PAGE_SIZE: typing.Final = 50


class Sort(models.TextChoices):
    """The orders of the list. What is not known comes last where the order is by it."""

    NEWEST = "-applied", _("応募日の新しい順")
    OLDEST = "applied", _("応募日の古い順")
    LAST_DECIDED = "-decided", _("決定日の新しい順")
    FIRST_DECIDED = "decided", _("決定日の古い順")
    NAME = "name", _("氏名のフリガナ順")
    NAME_BACKWARDS = "-name", _("氏名のフリガナの逆順")
    STAGE = "stage", _("選考段階の順")
    LAST_STAGE = "-stage", _("選考段階の進んだ順")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLine:
    """An application as a list shows it."""

    id: uuid.UUID
    applicant_id: uuid.UUID
    name: str
    kana: str
    external_id: str
    posting_id: uuid.UUID | None
    posting_title: str
    stage: str
    outcome: str
    reason: str
    applied_at: dt.datetime
    decided_at: dt.datetime | None
    told_at: dt.datetime | None
    medium: str
    recruiter: str

    @property
    def stage_name(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def outcome_name(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def is_untold(self) -> bool:
        return self.outcome == Outcome.REJECTED and self.told_at is None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of the list. `counts` has each outcome's number under the other filters, for the tabs."""

    lines: list[ApplicationLine]
    total: int
    counts: dict[str, int]
    page: int
    pages: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE_SIZE + 1 if self.lines else 0

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1 if self.lines else 0

    @property
    def all_outcomes(self) -> int:
        return sum(self.counts.values())


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a list can be narrowed to by words of the files."""

    media: list[str]
    recruiters: list[str]


def find(organization_id: uuid.UUID, filters: Filters, *, sort: str = Sort.NEWEST.value, page: int = 1) -> Found:
    """Return a page of the applications that the filters leave; an unknown order is the newest first.

    A page beyond the last is the last one.
    """
    counts = _counts(organization_id, filters)
    total = counts[filters.outcome] if filters.outcome else sum(counts.values())
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    ordered = selecting.rows(organization_id, filters).order_by(*orders(sort))
    identifiers = _slice(ordered, (page - 1) * PAGE_SIZE, total)
    return Found(lines=lines_of(identifiers), total=total, counts=counts, page=page, pages=pages)


def selected(organization_id: uuid.UUID, filters: Filters) -> QuerySet[Application, uuid.UUID]:
    """Return the ids of all applications that the filters leave, in no order."""
    return selecting.rows(organization_id, filters).values_list("pk", flat=True)


def choices(organization_id: uuid.UUID, postings: tuple[uuid.UUID, ...] | None = None) -> Choices:
    """Return the media and recruiters that occur, in the postings somebody may see."""
    if postings is None:
        pairs = sql.words(organization_id)
    else:
        seen = Application.objects.filter(organization_id=organization_id, posting__in=postings)
        pairs = list(seen.order_by().values_list("medium", "recruiter").distinct())
    media, recruiters = ({pair[at] for pair in pairs} - {""} for at in (0, 1))
    return Choices(media=sorted(media), recruiters=sorted(recruiters))


def lines_of(identifiers: list[uuid.UUID]) -> list[ApplicationLine]:
    """Return the lines of these applications in the same order."""
    rows = Application.objects.filter(pk__in=identifiers).values(
        *_OWN, name=F("applicant__name"), kana=F("applicant__kana"), posting_title=F("posting__title")
    )
    lines = {row["id"]: ApplicationLine(**{**row, "posting_title": row["posting_title"] or ""}) for row in rows}
    return [lines[identifier] for identifier in identifiers if identifier in lines]


def _counts(organization_id: uuid.UUID, filters: Filters) -> dict[str, int]:
    others = selecting.rows(organization_id, filters.without("outcome"))
    counted = dict(others.order_by().values_list("outcome").annotate(Count("pk")))
    return {one.value: counted.get(one.value, 0) for one in Outcome}


def _slice(ordered: QuerySet[Application], start: int, total: int) -> list[uuid.UUID]:
    """Return the ids of a page: read from the nearer end, so that the last page costs what the first does."""
    size = min(PAGE_SIZE, total - start)
    identifiers = ordered.values_list("pk", flat=True)
    if start <= total - start:
        return list(identifiers[start : start + size])
    return list(identifiers.reverse()[total - start - size : total - start])[::-1]


def orders(sort: str) -> tuple[typing.Any, ...]:
    """Return what to order by; the id makes it one order. Where nulls may stay at their usual end, an index serves it."""
    rank = Case(*(When(stage=stage, then=Value(rank)) for stage, rank in rules.RANKS.items()))
    kana, name = NullIf("applicant__kana", Value("")), F("applicant__name")
    decided = F("decided_at")
    orders: dict[str, tuple[typing.Any, ...]] = {
        Sort.NEWEST: ("-applied_at", "-pk"),
        Sort.OLDEST: ("applied_at", "pk"),
        Sort.LAST_DECIDED: (decided.desc(nulls_last=True), "-pk"),
        Sort.FIRST_DECIDED: (decided.asc(nulls_last=True), "pk"),
        Sort.NAME: (kana.asc(), name.asc(), "applicant_id", "pk"),
        Sort.NAME_BACKWARDS: (kana.desc(), name.desc(), "-applicant_id", "-pk"),
        Sort.STAGE: (rank.asc(), "-applied_at", "-pk"),
        Sort.LAST_STAGE: (rank.desc(), "-applied_at", "-pk"),
    }
    return orders.get(sort, orders[Sort.NEWEST])


_OWN: typing.Final = (
    "id",
    "applicant_id",
    "external_id",
    "posting_id",
    "stage",
    "outcome",
    "reason",
    "applied_at",
    "decided_at",
    "told_at",
    "medium",
    "recruiter",
)
