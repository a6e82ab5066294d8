"""The process as its page shows it: each figure with what it is of, its parts, and the list behind it."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.applications import filters as application_filters
from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage
from career_relay.portals.employer.applications.listing import posting_titles
from career_relay.portals.employer.applications.process_forms import CohortForm

if typing.TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict

    from career_relay.domain.ground.organizations.queries import Seat

DAYS: typing.Final = ("applied_from", "applied_to")
NARROWING: typing.Final = (*DAYS, "posting", "medium")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A number out of another, under a name; `url` leads to the rows, empty for those who may not see them."""

    name: str
    number: int
    out_of: int
    url: str

    @property
    def percent(self) -> float | None:
        return round(100 * self.number / self.out_of, 1) if self.out_of else None

    @property
    def width(self) -> int:
        """The bar in hundredths; whatever is not nothing can be seen."""
        return max(1, round(self.percent)) if self.percent else 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """The applications of a month, by the stage they reached."""

    month: dt.date
    reached: list[Share]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DaysRow:
    """How long it took until a stage, and of how many applications that is known."""

    name: str
    median: float | None
    share: Share


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRow:
    """Why applications ended the way they did."""

    outcome: str
    share: Share


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPage:
    """The page's content. A reason met fewer than `least` times is left out: free words may tell of a person."""

    form: CohortForm
    first: dt.date
    last: dt.date
    is_narrowed: bool
    applied: Share
    offered: Share
    rejected: Share
    to_decision: DaysRow
    funnel: list[Share]
    stages: list[str]
    months: list[MonthRow]
    waits: list[DaysRow]
    endings: list[Share]
    reasons: list[ReasonRow]
    least: int
    may_import: bool

    @property
    def clear_url(self) -> str:
        return reverse("employer:process")


def process(seat: Seat, query: QueryDict, now: dt.datetime) -> ProcessPage:
    """Return the figures of the applications that the address names, of the last months if it names no days."""
    filters = _filters(query, now)
    found = queries.process(seat.organization_id, filters)
    shows_rows = rules.may(seat.role, "see_applicants")
    shares = _Shares(applications=reverse("employer:applications") if shows_rows else "")
    words = queries.choices(seat.organization_id)
    least = programmes.policy_at(DEFAULT_PROGRAMME_ID, now).small_group
    funnel = [
        shares.of(figure, str(stage.label)) for stage, figure in zip(found.stages, found.all.reached, strict=True)
    ]
    endings = [shares.of(one.figure, one.outcome_name) for one in found.endings]
    return ProcessPage(
        form=CohortForm(
            filters,
            postings=posting_titles(seat.organization_id, None).items(),
            media=[(word, word) for word in words.media],
        ),
        first=typing.cast("dt.date", filters.applied_from),
        last=typing.cast("dt.date", filters.applied_to),
        is_narrowed=any(query.get(name) for name in NARROWING),
        applied=shares.of(found.all.applied, _("応募")),
        offered=funnel[found.stages.index(Stage.OFFER)],
        rejected=_of_outcome(found, shares, Outcome.REJECTED),
        to_decision=shares.days(found.to_decision, _("応募から結果の決定まで")),
        funnel=funnel,
        stages=[str(stage.label) for stage in found.stages],
        months=[
            MonthRow(month=cohort.month, reached=[shares.of(figure) for figure in cohort.reached])
            for cohort in found.months
            if cohort.month
        ],
        waits=[shares.days(one, _("%(stage)sまで") % {"stage": one.stage_name}) for one in found.between],
        endings=endings,
        reasons=[
            ReasonRow(outcome=one.outcome_name, share=shares.of(one.figure, _reason(one.reason)))
            for one in found.reasons
            if shows_rows or one.figure.number >= least
        ],
        least=0 if shows_rows else least,
        may_import=rules.may(seat.role, "import_applications"),
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Shares:
    """Makes figures ready to be shown, with a way to the rows only for those who may see people.

    `applications` is the address of the list, empty for others.
    """

    applications: str

    def of(self, figure: queries.Figure, name: str = "") -> Share:
        url = f"{self.applications}?{figure.filters.query()}" if self.applications else ""
        return Share(name=name, number=figure.number, out_of=figure.out_of, url=url)

    def days(self, waiting: queries.Waiting, name: str) -> DaysRow:
        median = waiting.median_days
        shown = int(median) if median is not None and median.is_integer() else median
        return DaysRow(name=name, median=shown, share=self.of(waiting.figure, name))


def _filters(query: QueryDict, now: dt.datetime) -> application_filters.Filters:
    """Return what the figures are of. Only what has a field counts: a name in the address would tell of a person."""
    asked = application_filters.read({name: query.get(name, "") for name in NARROWING})
    first, last = queries.usual_period(now)
    return dataclasses.replace(
        asked,
        applied_from=asked.applied_from or min(first, asked.applied_to or first),
        applied_to=asked.applied_to or last,
    )


def _of_outcome(found: queries.Process, shares: _Shares, outcome: Outcome) -> Share:
    name = str(outcome.label)
    ending = next((one for one in found.endings if one.outcome == outcome), None)
    if ending:
        return shares.of(ending.figure, name)
    nobody = dataclasses.replace(found.filters, outcome=outcome.value)
    return shares.of(queries.Figure(number=0, out_of=found.all.applied.number, filters=nobody), name)


def _reason(reason: str) -> str:
    return pgettext("reason", "（記録なし）") if reason == application_filters.NOT_RECORDED else reason
