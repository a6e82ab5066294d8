"""One person in the employer's own records, as their page shows them."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.design.shapes import TimelineEvent
from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.organizations.vocabulary import PREFECTURES
from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.notices import queries as notices
from career_relay.portals.employer.applications import telling
from career_relay.portals.employer.applications import words as application_words

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.hiring.applications.models import Applicant, Application


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A value with its name."""

    label: str
    value: str | dt.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One application."""

    id: uuid.UUID
    title: str
    sign: application_words.Sign
    is_waiting: bool
    is_on_its_way: bool
    facts: list[Fact]
    note: str
    stages: list[TimelineEvent]
    corrections: list[TimelineEvent]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """The page's content."""

    applicant: Applicant
    prefecture: str
    applications: list[Card]
    notices: list[TimelineEvent]
    may_correct: bool
    shows_notices: bool


def person(seat: Seat, applicant_id: uuid.UUID, postings: tuple[uuid.UUID, ...] | None) -> PersonPage | None:
    """Return a person with the applications the member may see; None if there are none."""
    found = queries.person(seat.organization_id, applicant_id, postings)
    if found is None:
        return None
    shows_notices = rules.may(seat.role, "see_notices")
    on_their_way = telling.on_their_way(seat, [one.application.pk for one in found.applications])
    return PersonPage(
        applicant=found.applicant,
        prefecture=str(dict(PREFECTURES).get(found.applicant.prefecture, "")),
        applications=[
            _card(one, found, is_on_its_way=one.application.pk in on_their_way) for one in found.applications
        ],
        notices=_notices(seat, applicant_id) if shows_notices else [],
        may_correct=rules.may(seat.role, "correct_applications"),
        shows_notices=shows_notices,
    )


def title_of(application: Application) -> str:
    """Return what an application is called: by its posting, if the file named one."""
    return application.posting.title if application.posting else _("求人の記録がない応募")


def _card(view: queries.ApplicationView, found: queries.PersonView, *, is_on_its_way: bool) -> Card:
    one = view.application
    return Card(
        id=one.pk,
        title=title_of(one),
        sign=application_words.outcome(one.outcome),
        is_waiting=one.outcome == "rejected" and one.told_at is None,
        is_on_its_way=is_on_its_way,
        facts=_facts(one),
        note=one.note,
        stages=[
            TimelineEvent(title=stage.stage_name, at=stage.entered_on, tone="info") for stage in reversed(view.stages)
        ],
        corrections=[_corrected(line) for line in found.corrections if line.application_id == one.pk],
    )


def _notices(seat: Seat, applicant_id: uuid.UUID) -> list[TimelineEvent]:
    """Return the mails to the person; one that did not arrive says why."""
    return [
        TimelineEvent(
            title=f"{one.subject}（{one.state_name}）",
            body=one.reason,
            at=one.finished_at or one.due_at or one.created_at,
            tone="negative" if one.reason else "info",
            icon="alert" if one.reason else "mail",
        )
        for one in notices.of_applicant(seat.organization_id, applicant_id)
    ]


def _facts(one: Application) -> list[Fact]:
    """Return what is known of an application: the days of the decision also when they are missing, no other gaps."""
    always: list[tuple[str, str | dt.date | None]] = [
        (_("到達した選考段階"), one.get_stage_display()),
        (_("応募日"), one.applied_at),
        (_("決定日"), one.decided_at),
        (_("連絡日"), one.told_at),
    ]
    sometimes: list[tuple[str, str | dt.date | None]] = [
        (_("入社日"), one.joined_on),
        (_("退職日"), one.left_on),
        (_("結果の理由"), one.reason),
        (_("採用の種類"), one.get_employment_type_display()),
        (_("職種"), one.job_family),
        (_("応募経路"), one.medium),
        (_("担当者"), one.recruiter),
        (_("応募 ID"), one.external_id),
        (_("取り込み元"), one.source.name),
    ]
    return [Fact(label=label, value=value) for label, value in [*always, *(pair for pair in sometimes if pair[1])]]


def _corrected(line: queries.CorrectionLine) -> TimelineEvent:
    words = _("%(field)s：%(before)s → %(after)s") % {
        "field": line.field_name,
        "before": line.before or _("（空）"),
        "after": line.after or _("（空）"),
    }
    by = _("%(name)s さん。理由：%(reason)s") % {"name": line.corrected_by, "reason": line.reason}
    return TimelineEvent(title=words, body=by, at=line.corrected_at, icon="edit")
