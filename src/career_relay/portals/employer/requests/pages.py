"""How requests for people are shown to the employer who makes them."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.shapes import NavItem, TimelineEvent
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.ground.postings import queries as postings
from career_relay.domain.ground.postings import rules as sheets
from career_relay.domain.ground.requests import queries
from career_relay.domain.ground.requests.models import Call, Request
from career_relay.portals.employer.applications import addresses
from career_relay.portals.employer.requests import fees

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import QueryDict

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.agreements.rules import Terms
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.ground.postings.models import JobPosting

PAGE_SIZE: typing.Final = 50
State: typing.Final = Request.State
OPEN: typing.Final = "open"
OVER: typing.Final = "over"
TABS: typing.Final = {OPEN: gettext_lazy("依頼中"), OVER: gettext_lazy("終わった依頼")}
TONES: typing.Final[dict[str, Tone]] = {State.OPEN: "info", State.FILLED: "positive", State.CLOSED: "neutral"}
_SIGNS: typing.Final[dict[str, tuple[Tone, str]]] = {
    Call.State.ASKED: ("caution", "clock"),
    Call.State.ACCEPTED: ("positive", "check"),
    Call.State.DECLINED: ("neutral", "close"),
    Call.State.LAPSED: ("neutral", "clock"),
    Call.State.CLOSED: ("neutral", "stop"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """What stands around the form of a sheet; nothing of it while the posting is not there yet."""

    posting: JobPosting | None
    missing: list[tuple[str, typing.Any]]
    is_ready: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A request in the list."""

    line: queries.RequestLine
    fee: str

    @property
    def tone(self) -> Tone:
        return TONES[self.line.state]

    @property
    def now(self) -> str:
        """What is going on with the agency that has it."""
        return now_words(self.line)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestList:
    """The page's content."""

    tabs: list[NavItem]
    page: Page[Row]
    is_empty: bool
    may_ask: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """One request, whom it went to, and what may be done with it."""

    file: queries.RequestFile
    events: list[TimelineEvent]
    text: list[tuple[str, str]]
    slot: str
    fee: str
    following: str
    may_withdraw: bool
    may_ask: bool

    @property
    def line(self) -> queries.RequestLine:
        return self.file.line

    @property
    def tone(self) -> Tone:
        return TONES[self.line.state]

    @property
    def now(self) -> str:
        return now_words(self.line)


def sheet_page(posting: JobPosting | None, today: dt.date) -> SheetPage:
    """Return what is said above the form."""
    missing = postings.missing(posting) if posting and posting.terms else []
    return SheetPage(
        posting=posting,
        missing=[(field, sheets.LABELS[field]) for field in missing],
        is_ready=posting is not None and postings.is_proposable(posting, today),
    )


def request_list(seat: Seat, query: QueryDict) -> RequestList:
    """Return the requests that go on, or those that are over."""
    lines = queries.of_employer(seat.organization_id)
    state = OVER if query.get("state") == OVER else OPEN
    found = {OPEN: [one for one in lines if one.is_open], OVER: [one for one in lines if not one.is_open]}
    terms = agreements.live_terms(seat.organization_id)
    rows = [Row(line=one, fee=_fee(one, terms)) for one in found[state]]
    return RequestList(
        tabs=[
            NavItem(label=label, url=f"?state={one}", count=len(found[one]), current=one == state)
            for one, label in TABS.items()
        ],
        page=Paginator(rows, PAGE_SIZE).get_page(addresses.page_number(query)),
        is_empty=not lines,
        may_ask=seats.may(seat.role, "request_people"),
    )


def request_page(seat: Seat, request_id: uuid.UUID, now: dt.datetime) -> RequestPage | None:
    """Return one request of the employer; None for any other."""
    found = queries.request(seat.organization_id, request_id)
    if found is None:
        return None
    may_ask = seats.may(seat.role, "request_people")
    return RequestPage(
        file=found,
        events=[_event(one) for one in reversed(found.calls)],
        text=sheets.text_of(found.terms),
        slot=_slot(found.line),
        fee=_fee(found.line, agreements.live_terms(seat.organization_id)),
        following=_following(seat.organization_id, found, now),
        may_withdraw=may_ask and found.may_withdraw,
        may_ask=may_ask,
    )


def now_words(line: queries.RequestLine) -> str:
    """Say in plain words what is going on with a request."""
    if not line.is_open or line.asked is None:
        return line.close_reason_name
    agency = {"name": line.asked.agency_name}
    if line.is_introduced:
        return _("%(name)sからの推薦を選考中") % agency
    if line.asked.state == Call.State.ACCEPTED:
        return _("%(name)sが合う方を探しています") % agency
    return _("%(name)sの返事を待っています") % agency


def _fee(line: queries.RequestLine, terms: dict[uuid.UUID, Terms]) -> str:
    """Say what a paid request costs by the agreement with the agency that has it; empty when none is in force."""
    agreed = terms.get(line.asked.agency_id) if line.asked else None
    return fees.words(agreed) if agreed else ""


def _following(employer: uuid.UUID, found: queries.RequestFile, now: dt.datetime) -> str:
    """Say what comes when the agency that was asked does not take it on; empty once one did."""
    asked = found.line.asked
    if not found.line.is_open or asked is None or asked.state != Call.State.ASKED:
        return ""
    able = {one.organization_id for one in queries.able(employer, uses_slot=found.line.uses_slot, now=now)}
    left = able - {one.agency_id for one in found.calls}
    if left & found.named if found.named else left:
        return _("見送られるか、返事の期限が過ぎると、次の紹介会社に自動で進みます。")
    return _("ほかに頼める紹介会社はありません。見送られるか、返事の期限が過ぎると、依頼は終わります。")


def _slot(line: queries.RequestLine) -> str:
    """Say what became of the slot that was to pay."""
    if not line.uses_slot:
        return ""
    number = {"n": line.slot_ordinal}
    if line.state == State.FILLED:
        return _("第 %(n)d 枠を使いました。手数料は 0 円です。") % number
    if not line.is_open:
        return _("第 %(n)d 枠は戻り、ほかの依頼に使えます。") % number
    if line.is_introduced:
        return _("第 %(n)d 枠で紹介を受けています。採用にならなければ、枠は戻ります。") % number
    return _("第 %(n)d 枠を確保しています。合う方がいなければ、枠は戻ります。") % number


def _event(one: queries.AskedLine) -> TimelineEvent:
    tone, icon = _SIGNS[one.state]
    title = _("%(name)s（%(n)d 番目）：%(state)s") % {"name": one.agency_name, "n": one.rank, "state": one.state_name}
    said = [part for part in (one.decline_reason_name, one.decline_note) if part]
    body = _("。").join(said) if said else ""
    return TimelineEvent(title=title, at=one.answered_at or one.asked_at, body=body, tone=tone, icon=icon)
