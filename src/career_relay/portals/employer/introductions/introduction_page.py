"""One introduction as the employer sees it: who it is, why the agency thinks they fit, and what may be done now."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.design.shapes import TimelineEvent
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.ground.postings import rules as postings
from career_relay.domain.hiring.applications import queries as applications
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.introductions import queries, rules
from career_relay.domain.people.introductions.models import Introduction
from career_relay.domain.people.placements import queries as placements
from career_relay.portals.employer.applications import words as application_words
from career_relay.portals.employer.introductions import words
from career_relay.portals.employer.requests import fees

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.people.candidates.queries import Person, Wishes
    from career_relay.domain.people.introductions.models import Interview

State: typing.TypeAlias = Introduction.State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A button that goes on: to a page of its own (`url`), or at once to a state (`to`)."""

    label: str
    icon: str
    url: str = ""
    to: str = ""
    kind: str = "plain"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An own application by the same address, in words."""

    applicant_id: uuid.UUID
    posting_title: str
    applied_at: dt.datetime
    stage_name: str
    outcome_name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What was offered, in words."""

    salary: str
    start_on: dt.date | None
    note: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionPage:
    """The page's content. `known` is None for those who may not see applicants, or once the person is out of sight."""

    file: queries.File
    wishes: Wishes | None
    known: list[Known] | None
    agreed: str
    placement_id: uuid.UUID | None
    may_decide: bool

    @property
    def _one(self) -> Introduction:
        return self.file.introduction

    @property
    def id(self) -> uuid.UUID:
        return self._one.pk

    @property
    def title(self) -> str:
        """What the page is called: by the person, while the employer may see them."""
        return _("%(name)s さん") % {"name": self.identity.name} if self.identity else _("推薦された方")

    @property
    def lead(self) -> str:
        return _("%(title)s（%(agency)s の紹介）") % {"title": self._one.title, "agency": self.agency_name}

    @property
    def agency_name(self) -> str:
        return self.file.line.agency_name

    @property
    def identity(self) -> Person | None:
        return self.file.identity

    @property
    def phone(self) -> str:
        return words.phone(self.identity.phone) if self.identity else ""

    @property
    def tone(self) -> Tone:
        return words.tone(self._one.state)

    @property
    def state_name(self) -> str:
        return self.file.line.state_name

    @property
    def waits(self) -> str:
        return words.waits(self.file.line)

    @property
    def introduced_at(self) -> dt.datetime | None:
        return self._one.introduced_at

    @property
    def uses_slot(self) -> bool:
        return self._one.uses_slot

    @property
    def fit_note(self) -> str:
        return self._one.fit_note

    @property
    def end_words(self) -> str:
        """Why it ended, as far as it is the employer's to know."""
        return self.file.end_reason_name

    @property
    def terms(self) -> list[tuple[str, str]]:
        """What the person was told of the job when they said yes."""
        return postings.text_of(self.file.terms)

    @property
    def interviews(self) -> tuple[Interview, ...]:
        return self.file.interviews

    @property
    def offer(self) -> Offer | None:
        """What was offered; None before."""
        one = self._one
        if one.offered_at is None:
            return None
        return Offer(salary=words.yen(one.offer_salary), start_on=one.offer_start_on, note=one.offer_note)

    @property
    def offered(self) -> dict[str, typing.Any]:
        """The present offer as its form shows it at first."""
        one = self._one
        return {"salary": one.offer_salary, "start_on": one.offer_start_on, "note": one.offer_note}

    @property
    def history(self) -> list[TimelineEvent]:
        """What happened since the yes, newest first."""
        moves = [one for one in self.file.steps if one.state_after != State.PROPOSED]
        return [
            TimelineEvent(
                title=_("%(state)s（%(side)s）") % {"state": one.state_name, "side": one.side_name},
                body=one.reason_name,
                at=one.at,
                tone=words.tone(one.state_after),
            )
            for one in reversed(moves)
        ]

    @property
    def seen(self) -> str:
        """How it stands, for the button that goes on from here and from nowhere else."""
        return rules.standing(self._one.state, self._one.round)

    @property
    def may_refuse(self) -> bool:
        return self.may("refuse")

    @property
    def steps(self) -> list[NextStep]:
        """What the employer may do now; the likeliest is marked, unless it is the person's turn."""
        found = [*self._interviewing(), *self._advancing(), *self._offering(), *self._starting()]
        if not found or self.file.line.waits_for != "employer":
            return found
        return [dataclasses.replace(found[0], kind="baton"), *found[1:]]

    @property
    def lacks_time(self) -> bool:
        """Whether the present round could be left behind though no time was ever chosen for it."""
        return self._one.state == State.INTERVIEW and self.may("advance") and not self._is_met

    @property
    def lacks_interview(self) -> bool:
        """Whether an offer would come before any interview."""
        return self._one.state == State.SCREENING

    def may(self, act: rules.Act) -> bool:
        """Tell whether this member may do this now."""
        return self.may_decide and act in self.file.may

    def _interviewing(self) -> list[NextStep]:
        if not self.may("propose_times"):
            return []
        if self.file.line.interview_at:
            return [self._page(_("日時を変える"), "calendar", "introduction_times")]
        has_times = self.file.interview is not None
        label = _("日時を出し直す") if has_times else _("面接の日時を提案")
        return [] if self._is_met else [self._page(label, "calendar", "introduction_times")]

    def _advancing(self) -> list[NextStep]:
        labels = {
            State.SCREENING: _("書類選考へ"),
            State.INTERVIEW: _("面接へ"),
            rules.NEXT_ROUND: _("次の面接へ"),
        }
        targets = self.file.targets if self.may("advance") else ()
        return [NextStep(label=labels[to], to=to, icon="arrow-right") for to in targets]

    def _offering(self) -> list[NextStep]:
        if not self.may("offer"):
            return []
        is_new = self._one.offered_at is None
        return [self._page(_("内定を出す") if is_new else _("内定の内容を変更"), "send", "introduction_offer")]

    def _starting(self) -> list[NextStep]:
        if self._one.state != State.ACCEPTED or self.placement_id is None or not self.may_decide:
            return []
        url = reverse("employer:placement", args=[self.placement_id])
        return [NextStep(label=_("入社を記録する画面へ"), icon="arrow-right", url=url)]

    @property
    def _is_met(self) -> bool:
        """Whether the time of the present round's interview is chosen."""
        return self.file.interview is not None and self.file.interview.chosen is not None

    def _page(self, label: str, icon: str, name: str) -> NextStep:
        return NextStep(label=label, icon=icon, url=reverse(f"employer:{name}", args=[self.id]))


def page(seat: Seat, introduction_id: uuid.UUID, now: dt.datetime) -> IntroductionPage | None:
    """Return one introduction to the employer; None for anybody else's, and before the person's yes."""
    employer = seat.organization_id
    file = queries.of_employer(employer, introduction_id, now=now)
    if file is None:
        return None
    shows_known = file.identity is not None and seats.may(seat.role, "see_applicants")
    return IntroductionPage(
        file=file,
        wishes=candidates.wishes(file.introduction.candidate_id) if file.identity else None,
        known=_known(employer, file.identity.email) if shows_known and file.identity else None,
        agreed=_agreed(employer, file.introduction.organization_id),
        placement_id=placements.of_introduction(employer, introduction_id),
        may_decide=seats.may(seat.role, "decide_introductions"),
    )


def _agreed(employer: uuid.UUID, agency: uuid.UUID) -> str:
    """Say the fee by the agreement in force; empty when there is none."""
    terms = agreements.live_terms(employer).get(agency)
    return fees.words(terms) if terms else ""


def _known(organization_id: uuid.UUID, email: str) -> list[Known]:
    return [
        Known(
            applicant_id=one.applicant_id,
            posting_title=one.posting_title or _("求人の記録がない応募"),
            applied_at=one.applied_at,
            stage_name=one.stage_name,
            outcome_name=application_words.outcome(one.outcome).words,
        )
        for one in applications.with_address(organization_id, email)
    ]
