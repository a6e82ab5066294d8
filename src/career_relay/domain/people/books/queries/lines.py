"""The lines of each book, out of the rooms that hold them. The caller acts as the agency, whose own rows these are."""

from __future__ import annotations

import collections
import dataclasses
import typing

from django.db.models import Max, Q

from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.postings import rules as postings
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.ground.skills import occupations
from career_relay.domain.people.books import rules
from career_relay.domain.people.books.models import SeekerEntry
from career_relay.domain.people.candidates.models import Identity
from career_relay.domain.people.introductions.models import Block, Introduction
from career_relay.domain.people.placements import rules as placements
from career_relay.domain.people.placements.models import Check, EndReason, FeeEntry, Placement
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line of a book. `entry_id` is the seeker's entry where the agency can add to it."""

    line: rules.Line
    entry_id: uuid.UUID | None = None


_Handled: typing.TypeAlias = "dict[uuid.UUID, list[rules.Handling]]"


def lines(organization_id: uuid.UUID, book: str, year: int | None, today: dt.date) -> list[Told]:
    """Return the lines of a book, the oldest first, of a year of reports or of all time.

    A posting and a seeker belong to the year in which they were taken in, money to that in which it was written down.
    """
    return BOOKS[book](organization_id, year, today)


def _postings(organization_id: uuid.UUID, year: int | None, today: dt.date) -> list[Told]:
    kept = list(JobPosting.objects.filter(organization_id=organization_id).order_by("created_at", "pk"))
    rows = [(_received_on(row), row) for row in kept if _is_in(_received_on(row), year)]
    owner = organizations.names_of([organization_id])[organization_id].name
    handled = _handled(organization_id, "posting_id")
    return [
        Told(line=rules.posting_line(_opening(row, received_on, owner), one, today))
        for received_on, row in sorted(rows, key=lambda pair: (pair[0], pair[1].pk))
        for one in handled.get(row.pk, [None])
    ]


def _seekers(organization_id: uuid.UUID, year: int | None, today: dt.date) -> list[Told]:
    entries = {row.assignment_id: row for row in SeekerEntry.objects.filter(organization_id=organization_id)}
    taken = Assignment.objects.filter(organization_id=organization_id, contact_by__isnull=False)
    names, handled = _names(organization_id), _handled(organization_id, "assignment_id")
    found = []
    for row in taken.order_by("answered_at", "pk"):
        entry, seeker = entries.get(row.pk), _seeker(row, entries.get(row.pk), names)
        is_over = seeker.ended_on is not None and rules.kept_until(seeker.ended_on) < today
        if _is_in(seeker.received_on, year) and (entry is not None or not is_over):
            told = [rules.seeker_line(seeker, one, today) for one in handled.get(row.pk, [None])]
            found += [Told(line=line, entry_id=entry.pk if entry else None) for line in told]
    return found


def _fees(organization_id: uuid.UUID, year: int | None, _today: dt.date) -> list[Told]:
    entries = FeeEntry.objects.filter(organization_id=organization_id).select_related("placement__fee_terms")
    names = _names(organization_id)
    rows = [row for row in entries.order_by("on", "recorded_at", "pk") if _is_in(row.on, year)]
    return [Told(line=rules.fee_line(_money(row, names.get(row.placement.candidate_id, "")))) for row in rows]


BOOKS: typing.Final[dict[str, collections.abc.Callable[[uuid.UUID, int | None, dt.date], list[Told]]]] = {
    "postings": _postings,
    "seekers": _seekers,
    "fees": _fees,
}


def _is_in(day: dt.date, year: int | None) -> bool:
    return year is None or placements.fiscal_year(day) == year


def _received_on(row: JobPosting) -> dt.date:
    return row.received_on or clock.day_in_japan(row.created_at)


def _opening(row: JobPosting, received_on: dt.date, owner: str) -> rules.Opening:
    terms = postings.Terms.of(row.terms)
    contract = (str(postings.CONTRACTS.get(terms.contract, "")), terms.contract_detail)
    return rules.Opening(
        company=row.hiring_employer_name or owner,
        address=terms.employer_address,
        contact=terms.employer_contact,
        received_on=received_on,
        valid_until=row.valid_until,
        is_closed=row.state == JobPosting.State.CLOSED,
        title=row.title,
        occupation="、".join(map(str, occupations.labels([row.occupation]))) if row.occupation else row.job_family,
        openings=row.openings,
        place=terms.place,
        employment=str(row.get_employment_type_display()),
        contract="、".join(filter(None, contract)),
        pay="、".join(filter(None, (terms.pay, postings.salary_words(terms)))),
    )


def _seeker(row: Assignment, entry: SeekerEntry | None, names: dict[uuid.UUID, str]) -> rules.Seeker:
    accepted_at = typing.cast("dt.datetime", row.answered_at)
    wished = "、".join(map(str, occupations.labels(row.occupations)))
    return rules.Seeker(
        name=names.get(row.candidate_id, ""),
        address=entry.address if entry else "",
        born_on=entry.born_on if entry else None,
        occupation=entry.occupation if entry else wished,
        received_on=clock.day_in_japan(accepted_at),
        ended_on=clock.day_in_japan(row.ended_at) if row.ended_at else None,
    )


def _names(organization_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return who people are: as the agency may see them today, else as its book has kept them."""
    kept = SeekerEntry.objects.filter(organization_id=organization_id).order_by("received_on", "pk")
    named = dict(kept.values_list("assignment__candidate_id", "name"))
    theirs = Assignment.objects.filter(organization_id=organization_id).values("candidate_id")
    return named | dict(Identity.objects.filter(pk__in=theirs).values_list("candidate_id", "name"))


def _handled(organization_id: uuid.UUID, by: str) -> _Handled:
    """Return the introductions of the agency by what they belong to; a proposal is none before the person's yes."""
    names, hires = _names(organization_id), _hires(organization_id)
    found: _Handled = collections.defaultdict(list)
    made = Introduction.objects.filter(organization_id=organization_id, introduced_at__isnull=False)
    for row in made.order_by("introduced_at", "pk"):
        handling = rules.Handling(
            introduced_on=clock.day_in_japan(typing.cast("dt.datetime", row.introduced_at)),
            seeker=names.get(row.candidate_id, ""),
            company=row.employer_name,
            title=row.title,
            state=row.state,
            hire=hires.get(row.pk),
        )
        found[getattr(row, by)].append(handling)
    return found


def _hires(organization_id: uuid.UUID) -> dict[uuid.UUID, rules.Hire]:
    """Return what became of the agency's accepted offers, by introduction."""
    barred = dict(Block.objects.filter(organization_id=organization_id).values_list("placement_id", "until"))
    given = FeeEntry.objects.filter(organization_id=organization_id, kind=FeeEntry.Kind.REFUND)
    refunds = {row.placement_id: row for row in given}
    in_post = Q(checks__answer=Check.Answer.IN_POST)
    made = Placement.objects.filter(organization_id=organization_id)
    return {
        row.introduction_id: rules.Hire(
            state=row.state,
            contract=row.contract,
            start_on=row.start_on,
            barred_until=barred.get(row.pk),
            left_on=row.ended_on,
            left_by_employer=row.end_reason == EndReason.EMPLOYER,
            seen_on=clock.day_in_japan(row.seen_at) if row.seen_at else None,
            refund_yen=-refunds[row.pk].amount_yen if row.pk in refunds else 0,
            refunded_on=refunds[row.pk].on if row.pk in refunds else None,
        )
        for row in made.annotate(seen_at=Max("checks__answered_at", filter=in_post))
    }


def _money(row: FeeEntry, seeker: str) -> rules.Money:
    placement = row.placement
    return rules.Money(
        company=placement.employer_name,
        seeker=seeker,
        title=placement.title,
        on=row.on,
        kind=row.kind,
        kind_name=str(row.get_kind_display()),
        amount_yen=row.amount_yen,
        salary_yen=placement.salary_yen,
        basis=placement.fee_terms.basis,
        basis_name=str(placement.fee_terms.get_basis_display()),
        version=placement.fee_terms.version,
        percent=placement.fee_terms.percent,
        fixed=placement.fee_terms.fixed,
        start_on=placement.start_on,
        left_on=placement.ended_on,
    )
