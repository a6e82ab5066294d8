"""Proposing a posting to somebody the agency looks after: which one, with which words, and a last look."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.postings import queries as postings
from career_relay.domain.ground.postings import rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.ground.requests import queries as requests
from career_relay.domain.people.introductions import queries
from career_relay.domain.people.introductions.models import RUNNING
from career_relay.domain.people.routing import queries as routing
from career_relay.kernel import clock
from career_relay.kernel.japanese import folding
from career_relay.portals.agency.introductions.forms import ChoosePostingForm, ProposalForm

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import QueryDict

    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.ground.requests.models import Call

MOST_SHOWN: typing.Final = 50
_PREFECTURES: typing.Final = dict(vocabulary.PREFECTURES)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A posting that may be proposed; `is_proposed` when the person has it already."""

    posting: JobPosting
    employer_name: str
    prefecture_name: str
    is_proposed: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proposing:
    """The page's content. Before a posting is chosen there are `rows`, afterwards its terms.

    There are neither while the agency may propose nothing to the person, because it placed them.
    """

    file: routing.PersonFile
    standing: Standing
    narrow: ChoosePostingForm
    words: str
    rows: list[Offered]
    total: int
    chosen: Offered | None
    terms: list[tuple[str, str]]
    call: Call | None
    answer_days: int
    blocked_until: dt.date | None

    @property
    def name(self) -> str:
        return self.file.line.name

    @property
    def assignment_id(self) -> uuid.UUID:
        return self.file.line.assignment_id

    @property
    def hidden(self) -> int:
        """How many postings there are beyond the ones shown."""
        return self.total - len(self.rows)

    @property
    def uses_slot(self) -> bool:
        """Whether an employer asked for this with a free slot; then the reason for the fit must be written."""
        return self.call is not None and self.call.uses_slot


def proposing(seat: Seat, assignment_id: uuid.UUID, query: QueryDict, now: dt.datetime) -> Proposing | None:
    """Return the page for somebody the agency looks after now; None for anybody else."""
    agency, today = seat.organization_id, clock.day_in_japan(now)
    file = routing.person(agency, assignment_id)
    if file is None or file.identity is None:
        return None
    words = query.get("q", "").strip()
    blocked = queries.blocked_until(agency, assignment_id, today=today)
    rows = [] if blocked else _offered(agency, assignment_id, now)
    chosen = next((one for one in rows if str(one.posting.pk) == query.get("posting") and not one.is_proposed), None)
    found = [one for one in rows if _matches(one, words)]
    return Proposing(
        file=file,
        standing=agencies.standing(agency, today),
        narrow=ChoosePostingForm(initial={"q": words}),
        words=words,
        rows=found[:MOST_SHOWN],
        total=len(found),
        chosen=chosen,
        terms=rules.text_of(rules.Terms.of(chosen.posting.terms)) if chosen else [],
        call=requests.call_of_posting(agency, chosen.posting.pk) if chosen else None,
        answer_days=programmes.policy_at(DEFAULT_PROGRAMME_ID, now).introduction_answer_days,
        blocked_until=blocked,
    )


def form(page: Proposing, data: typing.Any) -> ProposalForm:
    """Return the form for what is said to the person and to the company."""
    return ProposalForm(data, uses_slot=page.uses_slot)


def _offered(agency: uuid.UUID, assignment_id: uuid.UUID, now: dt.datetime) -> list[Offered]:
    lines = queries.of_assignment(agency, assignment_id, now=now)
    known = {one.posting_id for one in lines if one.state in RUNNING}
    return [
        Offered(
            posting=one,
            employer_name=one.hiring_employer_name,
            prefecture_name=str(_PREFECTURES.get(one.prefecture, "")),
            is_proposed=one.pk in known,
        )
        for one in postings.proposable(agency, clock.day_in_japan(now))
    ]


def _matches(one: Offered, words: str) -> bool:
    return folding.fold(words) in folding.fold(f"{one.posting.title} {one.employer_name}")
