"""Everybody by stage, from those nothing was proposed to yet to those who joined, each card with its next move."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import rules
from career_relay.domain.people.introductions import queries
from career_relay.domain.people.introductions.models import Introduction, Side
from career_relay.kernel import clock
from career_relay.portals.agency.introductions import acts, listing, words
from career_relay.portals.agency.introductions.forms import BoardForm

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat

State: typing.Final = Introduction.State
# The act that a card offers, by its stage and by whose turn it is; at every other card somebody else has to act.
MOVES: typing.Final[dict[tuple[str, str], str]] = {
    (State.INTRODUCED, Side.AGENCY): "screening",
    (State.SCREENING, Side.AGENCY): "interview",
    (State.INTERVIEW, Side.PERSON): "choose",
    (State.OFFERED, Side.PERSON): "accept",
}
# Where more than one thing may come next, the card leads to the page that has them all.
LOOKS: typing.Final[dict[tuple[str, str], _StrPromise]] = {
    (State.INTERVIEW, Side.AGENCY): gettext_lazy("面接の結果か日時を記録"),
    (State.ACCEPTED, Side.AGENCY): gettext_lazy("入社を確認"),
    (State.ACCEPTED, Side.EMPLOYER): gettext_lazy("入社を確認"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Somebody at a stage. `choice` is the next move; `next_url` leads to where it is made, when it asks for something."""

    id: uuid.UUID
    name: str
    url: str
    note: str
    line: queries.Line | None = None
    choice: acts.Choice | None = None
    next_url: str = ""
    next_label: str = ""

    @property
    def seen(self) -> str:
        """How the introduction stands, as the card's form sends it back."""
        return words.standing(self.line) if self.line else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A stage with its cards, and where the rest of them is."""

    stage: str
    name: str
    total: int
    cards: list[Card]
    list_url: str

    @property
    def hidden(self) -> int:
        """How many the list has beyond the cards shown."""
        return self.total - len(self.cards)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The page's content."""

    standing: Standing
    form: BoardForm
    columns: list[Column]
    is_narrowed: bool
    may_move: bool

    @property
    def total(self) -> int:
        return sum(one.total for one in self.columns)


def board(seat: Seat, query: QueryDict, now: dt.datetime) -> Board:
    """Return the board that the address asks for."""
    agency = seat.organization_id
    members = list(organizations.members(agency))
    adviser = next((one.pk for one in members if str(one.pk) == query.get("adviser")), None)
    today = clock.day_in_japan(now)
    standing = agencies.standing(agency, today)
    columns = queries.board(agency, now=now, adviser_id=adviser)
    return Board(
        standing=standing,
        form=BoardForm(adviser=str(adviser or ""), members=members),
        columns=[_preparing(agency, adviser, today), *(_column(one, adviser) for one in columns)],
        is_narrowed=adviser is not None,
        may_move=rules.may(seat.role, "take_people") and standing.may_act,
    )


def _preparing(agency: uuid.UUID, adviser: uuid.UUID | None, today: dt.date) -> Column:
    """Return those to whom nothing is proposed; they are in the list of people, not of introductions."""
    found = queries.preparing(agency, today=today, adviser_id=adviser)
    return Column(
        stage="preparing",
        name=_("推薦準備"),
        total=found.total,
        cards=[_ready(one) for one in found.people],
        list_url=_address("agency:people", adviser=adviser),
    )


def _ready(one: queries.Ready) -> Card:
    return Card(
        id=one.assignment_id,
        name=one.person_name,
        url=reverse("agency:person", args=[one.assignment_id]),
        note=_("担当の始まり：%(day)s") % {"day": words.day(one.accepted_at)},
        next_url=reverse("agency:introduce", args=[one.assignment_id]),
        next_label=_("求人を案内"),
    )


def _column(found: queries.Column, adviser: uuid.UUID | None) -> Column:
    is_over = found.state == State.JOINED
    group = listing.ENDED if is_over else listing.OPEN
    return Column(
        stage=found.state,
        name=found.name,
        total=found.total,
        cards=[_card(one) for one in found.cards],
        list_url=_address("agency:introductions", state=group, stage=found.state, adviser=adviser),
    )


def _card(line: queries.Line) -> Card:
    turn, url = (line.state, line.waits_for), reverse("agency:introduction", args=[line.introduction_id])
    code = MOVES.get(turn)
    choice = acts.choice(code, line.introduction_id) if code else None
    look = LOOKS.get(turn, "")
    return Card(
        id=line.introduction_id,
        name=line.person_name or _("お名前のない推薦"),
        url=url,
        note=words.turn(line),
        line=line,
        choice=choice,
        next_url=choice.url if choice else url if look else "",
        next_label=str(choice.act.label if choice else look),
    )


def _address(page: str, *, adviser: uuid.UUID | None, **narrowed: str) -> str:
    return f"{reverse(page)}?{urlencode(narrowed | ({'adviser': str(adviser)} if adviser else {}))}"
