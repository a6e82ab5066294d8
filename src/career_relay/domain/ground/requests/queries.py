"""Requests as their employer sees them, and calls as an agency does; who can be asked, and what time has decided."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.agreements import rules as agreement_rules
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings import rules as postings
from career_relay.domain.ground.requests import rules
from career_relay.domain.ground.requests.models import OPEN_CALLS, Call, Request
from career_relay.domain.ground.skills import occupations
from career_relay.kernel import clock
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

    from career_relay.domain.ground.organizations.queries import Named

PAST: typing.Final = "past"
_PREFECTURES: typing.Final = dict(vocabulary.PREFECTURES)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """A call as the employer sees it: which agency was asked when, and what it said."""

    call_id: uuid.UUID
    agency_id: uuid.UUID
    agency_name: str
    rank: int
    state: str
    state_name: str
    asked_at: dt.datetime
    answer_by: dt.datetime
    answered_at: dt.datetime | None
    decline_reason_name: str
    decline_note: str
    is_introduced: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """A request in its employer's list. `asked` is the agency that has it now, or had it last."""

    request_id: uuid.UUID
    posting_id: uuid.UUID
    title: str
    slot_id: uuid.UUID | None
    slot_ordinal: int | None
    state: str
    state_name: str
    close_reason: str
    close_reason_name: str
    search_until: dt.date
    asked_at: dt.datetime
    closed_at: dt.datetime | None
    asked: AskedLine | None

    @property
    def uses_slot(self) -> bool:
        return self.slot_id is not None

    @property
    def is_open(self) -> bool:
        return self.state == Request.State.OPEN

    @property
    def is_introduced(self) -> bool:
        """Whether somebody was introduced by it and not turned down yet."""
        return self.asked is not None and self.asked.is_introduced


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestFile:
    """One request with everyone who was asked, in order. `named` are the agencies it is kept to, if any."""

    line: RequestLine
    needs: str
    occupation_name: str
    prefecture_name: str
    employment_type_name: str
    terms: postings.Terms
    asked_by_name: str
    calls: tuple[AskedLine, ...]
    named: frozenset[uuid.UUID]
    may_withdraw: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A call in the list of its agency."""

    call_id: uuid.UUID
    employer_id: uuid.UUID
    employer_name: str
    title: str
    occupation_name: str
    prefecture_name: str
    employment_type_name: str
    salary: str
    uses_slot: bool
    state: str
    state_name: str
    asked_at: dt.datetime
    answer_by: dt.datetime
    answered_at: dt.datetime | None
    posting_id: uuid.UUID | None
    is_introduced: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A call that time has decided: answered too late, no ground to stand on, or searched long enough."""

    organization_id: uuid.UUID
    request_id: uuid.UUID
    agency_id: uuid.UUID
    call_id: uuid.UUID
    due: typing.Literal["lapsed", "stopped", "over"]


def of_employer(organization_id: uuid.UUID) -> list[RequestLine]:
    """Return the employer's requests, the newest first."""
    return _lines(_requests(organization_id).order_by("-asked_at", "-pk"))


def request(organization_id: uuid.UUID, request_id: uuid.UUID) -> RequestFile | None:
    """Return one request of the employer, with everyone who was asked."""
    found = _requests(organization_id).select_related("asked_by__user").filter(pk=request_id).first()
    if found is None:
        return None
    calls = _asked_lines(found.calls.order_by("rank"))
    line = _line(found, calls)
    return RequestFile(
        line=line,
        needs=found.needs,
        occupation_name="".join(occupations.labels([found.occupation])),
        prefecture_name=str(_PREFECTURES.get(found.prefecture, "")),
        employment_type_name=str(found.get_employment_type_display()),
        terms=postings.Terms.of(found.terms),
        asked_by_name=found.asked_by.user.name,
        named=frozenset(found.agencies),
        calls=tuple(calls),
        may_withdraw=line.is_open and not line.is_introduced,
    )


def by_slot(organization_id: uuid.UUID) -> dict[uuid.UUID, RequestLine]:
    """Return the request that each of the employer's slots served last, by slot."""
    lines = _lines(_requests(organization_id).exclude(slot=None).order_by("asked_at", "pk"))
    return {line.slot_id: line for line in lines if line.slot_id is not None}


def of_agency(organization_id: uuid.UUID, state: str = "") -> list[CallLine]:
    """Return the agency's calls in a state (`PAST`: all that are over; empty: all), who answers soonest first."""
    found = Call.objects.filter(agency_id=organization_id)
    if state == PAST:
        found = found.exclude(state__in=OPEN_CALLS)
    elif state:
        found = found.filter(state=state)
    ordered = found.order_by("answer_by", "pk") if state == Call.State.ASKED else found.order_by("-asked_at", "-pk")
    return _call_lines(ordered)


def waiting(organization_id: uuid.UUID) -> int:
    """Return how many calls wait for the agency's answer."""
    return Call.objects.filter(agency_id=organization_id, state=Call.State.ASKED).count()


def first_waiting(organization_id: uuid.UUID) -> Call | None:
    """Return the call that the agency has to answer first; None while none waits."""
    found = Call.objects.filter(agency_id=organization_id, state=Call.State.ASKED)
    return found.order_by("answer_by", "pk").first()


def call(call_id: uuid.UUID) -> Call | None:
    """Return a call as one of its two parties, or None for anybody else."""
    return Call.objects.filter(pk=call_id).first()


def call_line(organization_id: uuid.UUID, call_id: uuid.UUID) -> CallLine | None:
    """Return one call of the agency as its list shows it."""
    lines = _call_lines(Call.objects.filter(agency_id=organization_id, pk=call_id))
    return lines[0] if lines else None


def call_of_posting(organization_id: uuid.UUID, posting_id: uuid.UUID) -> Call | None:
    """Return the call that an agency's posting was made for, however it stands."""
    return Call.objects.filter(agency_id=organization_id, posting_id=posting_id).first()


def slot_of_call(organization_id: uuid.UUID, call_id: uuid.UUID) -> uuid.UUID | None:
    """Return the slot that pays for a hire by the call; the caller acts as the employer."""
    found = Request.objects.filter(organization_id=organization_id, calls=call_id)
    return found.values_list("slot_id", flat=True).first()


def able(organization_id: uuid.UUID, *, uses_slot: bool, now: dt.datetime) -> list[Named]:
    """Return the agencies that the employer can ask now, by name.

    Each has a live agreement with it (one that has a place for slots, if a slot is to be used) and may receive people.
    """
    today = clock.day_in_japan(now)
    partners = agreements.partners(organization_id, Organization.Kind.AGENCY)
    return [
        named
        for named in partners
        if agreements.may_receive(named.organization_id, today)
        and (not uses_slot or takes_slots(organization_id, named.organization_id))
    ]


def takes_slots(organization_id: uuid.UUID, agency_id: uuid.UUID) -> bool:
    """Tell whether the agreement in force between the two has a place for slots."""
    version = agreements.live_between(organization_id, agency_id)
    return version is not None and agreement_rules.Terms.of(version.terms).slot != "none"


def by_turn(request: Request, agency_ids: collections.abc.Iterable[uuid.UUID], today: dt.date) -> list[uuid.UUID]:
    """Return these agencies in the order in which they are asked, when the employer left it to the network."""
    wanted = rules.Wanted(
        prefecture=request.prefecture, occupation=request.occupation, employment_type=request.employment_type
    )
    return rules.order(wanted, _serving(set(agency_ids), today))


def due(now: dt.datetime, call_id: uuid.UUID | None = None) -> list[Due]:
    """Return the calls of the whole network that time has decided, or this one if it has, whoever asks."""
    return [Due(**found) for found in gate.rows("calls_due", now, call_id)]


def _serving(agency_ids: set[uuid.UUID], today: dt.date) -> list[rules.Serving]:
    load = {one["agency_id"]: one for one in gate.rows("calls_open", sorted(agency_ids))}
    return [
        rules.Serving(
            organization_id=listed.organization_id,
            prefectures=frozenset(listed.prefectures),
            occupations=frozenset(listed.occupations),
            employment_types=frozenset(listed.employment_types),
            open_calls=load[listed.organization_id]["open"] if listed.organization_id in load else 0,
            last_called_at=load[listed.organization_id]["last_asked_at"] if listed.organization_id in load else None,
        )
        for listed in agencies.directory(today)
        if listed.organization_id in agency_ids
    ]


def _requests(organization_id: uuid.UUID) -> QuerySet[Request]:
    return Request.objects.filter(organization_id=organization_id).select_related("slot")


def _lines(requests: QuerySet[Request]) -> list[RequestLine]:
    found = list(requests)
    calls: dict[uuid.UUID, list[AskedLine]] = {}
    asked = list(Call.objects.filter(request__in=[one.pk for one in found]).order_by("rank"))
    for one, line in zip(asked, _asked_lines(asked), strict=True):
        calls.setdefault(one.request_id, []).append(line)
    return [_line(one, calls.get(one.pk, [])) for one in found]


def _line(request: Request, calls: list[AskedLine]) -> RequestLine:
    return RequestLine(
        request_id=request.pk,
        posting_id=request.posting_id,
        title=request.title,
        slot_id=request.slot_id,
        slot_ordinal=request.slot.ordinal if request.slot else None,
        state=request.state,
        state_name=str(request.get_state_display()),
        close_reason=request.close_reason,
        close_reason_name=str(request.get_close_reason_display()),
        search_until=request.search_until,
        asked_at=request.asked_at,
        closed_at=request.closed_at,
        asked=calls[-1] if calls else None,
    )


def _asked_lines(calls: collections.abc.Iterable[Call]) -> list[AskedLine]:
    found = list(calls)
    names = organizations.names_of(one.agency_id for one in found) if found else {}
    return [
        AskedLine(
            call_id=one.pk,
            agency_id=one.agency_id,
            agency_name=names[one.agency_id].name,
            rank=one.rank,
            state=one.state,
            state_name=str(one.get_state_display()),
            asked_at=one.asked_at,
            answer_by=one.answer_by,
            answered_at=one.answered_at,
            decline_reason_name=str(one.get_decline_reason_display()),
            decline_note=one.decline_note,
            is_introduced=one.is_introduced,
        )
        for one in found
    ]


def _call_lines(calls: QuerySet[Call]) -> list[CallLine]:
    found = list(calls)
    names = organizations.names_of(one.organization_id for one in found) if found else {}
    return [
        CallLine(
            call_id=one.pk,
            employer_id=one.organization_id,
            employer_name=names[one.organization_id].name,
            title=one.title,
            occupation_name="".join(occupations.labels([one.occupation])),
            prefecture_name=str(_PREFECTURES.get(one.prefecture, "")),
            employment_type_name=str(one.get_employment_type_display()),
            salary=postings.salary_words(postings.Terms.of(one.terms)),
            uses_slot=one.uses_slot,
            state=one.state,
            state_name=str(one.get_state_display()),
            asked_at=one.asked_at,
            answer_by=one.answer_by,
            answered_at=one.answered_at,
            posting_id=one.posting_id,
            is_introduced=one.is_introduced,
        )
        for one in found
    ]
