"""One person in the employer's own records: every application with its days, and what was corrected by hand."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import typing

from django.utils import formats
from django.utils.translation import gettext as _

from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.applications.models import Applicant, Application, Correction, StageEvent
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage

if typing.TYPE_CHECKING:
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StageDay:
    """The day on which an application reached a stage."""

    stage: str
    entered_on: dt.date

    @property
    def stage_name(self) -> str:
        return str(Stage(self.stage).label)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLine:
    """What a member changed: the field, and its values in words."""

    application_id: uuid.UUID
    field: str
    before: str
    after: str
    reason: str
    corrected_by: str
    corrected_at: dt.datetime

    @property
    def field_name(self) -> str:
        if stage := rules.stage_of_day(self.field):
            return _("%(stage)sの日付") % {"stage": Stage(stage).label}
        return str(rules.column(self.field).verbose_name)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """An application with its posting, its source and the days of its stages, earliest first."""

    application: Application
    stages: list[StageDay]

    @property
    def posting_title(self) -> str:
        return self.application.posting.title if self.application.posting else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person's applications and their corrections, newest first."""

    applicant: Applicant
    applications: list[ApplicationView]
    corrections: list[CorrectionLine]


def person(
    organization_id: uuid.UUID, applicant_id: uuid.UUID, postings: tuple[uuid.UUID, ...] | None = None
) -> PersonView | None:
    """Return a person; None if there is none with this id who applied, for one of `postings` where these are given."""
    applications = _applications(organization_id, applicant_id, postings)
    if not applications:
        return None
    identifiers = [one.pk for one in applications]
    stages = _stages(organization_id, identifiers)
    return PersonView(
        applicant=applications[0].applicant,
        applications=[ApplicationView(application=one, stages=stages[one.pk]) for one in applications],
        corrections=_corrections(organization_id, identifiers),
    )


def _applications(
    organization_id: uuid.UUID, applicant_id: uuid.UUID, postings: tuple[uuid.UUID, ...] | None
) -> list[Application]:
    own = Application.objects.filter(organization_id=organization_id, applicant_id=applicant_id)
    seen = own if postings is None else own.filter(posting__in=postings)
    return list(seen.select_related("applicant", "posting", "source").order_by("-applied_at", "-pk"))


def _stages(organization_id: uuid.UUID, application_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[StageDay]]:
    events = StageEvent.objects.filter(organization_id=organization_id, application__in=application_ids)
    days: dict[uuid.UUID, list[StageDay]] = collections.defaultdict(list)
    for event in events.order_by("entered_on", "pk"):
        days[event.application_id].append(StageDay(stage=event.stage, entered_on=event.entered_on))
    return days


def _corrections(organization_id: uuid.UUID, application_ids: list[uuid.UUID]) -> list[CorrectionLine]:
    made = Correction.objects.filter(organization_id=organization_id, application__in=application_ids)
    return [
        CorrectionLine(
            application_id=one.application_id,
            field=one.field,
            before=_in_words(one.field, one.before),
            after=_in_words(one.field, one.after),
            reason=one.reason,
            corrected_by=one.corrected_by.name,
            corrected_at=one.corrected_at,
        )
        for one in made.select_related("corrected_by").order_by("-corrected_at", "-pk")
    ]


def _in_words(field: str, stored: str) -> str:
    """Return a value of a correction as it is read on a page."""
    if not stored:
        return ""
    if field == "stage":
        return str(Stage(stored).label)
    if field == "outcome":
        return str(Outcome(stored).label)
    if field in rules.MOMENTS | rules.DAYS or rules.stage_of_day(field):
        return formats.date_format(dt.datetime.fromisoformat(stored).date(), "SHORT_DATE_FORMAT")
    return stored
