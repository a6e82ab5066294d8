"""The stage board as its page shows it, and what a card that is moved asks for."""

from __future__ import annotations

import dataclasses
import typing
import uuid

from django import forms
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.design.tags import figures
from career_relay.domain.ground.organizations import rules
from career_relay.domain.hiring.applications import filters as application_filters
from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.applications.models import STAGES
from career_relay.domain.hiring.applications.queries import board as board_queries
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage
from career_relay.kernel import clock
from career_relay.portals.employer.applications import listing, scope
from career_relay.portals.employer.applications.forms import FilterForm

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from django.http import QueryDict
    from django.utils.safestring import SafeString

    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.hiring.applications.filters import Filters

# Whoever joins is hired: that is a result, not a move.
OFFERED: typing.Final = tuple(stage for stage in Stage if stage != Stage.JOINED)


class MoveForm(forms.Form):
    """An application, the stage it is to stand at, and the one it stood at when somebody looked."""

    application = forms.UUIDField()
    stage = forms.ChoiceField(choices=[(stage.value, stage.label) for stage in OFFERED])
    seen = forms.ChoiceField(choices=STAGES)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An application at its stage, its person's page, and the words for how long it has stood there."""

    line: queries.ApplicationLine
    person_url: str
    standing: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A stage with its cards, where they may go, and where the rest of them is.

    `options` are written once for all cards of the stage: for each card anew they would be most of the page's work.
    """

    stage: Stage
    total: int
    hidden: int
    cards: list[Card]
    options: SafeString
    takes_cards: bool
    list_url: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """An application that was just moved, and the stage it may go back to."""

    application: queries.ApplicationLine
    before: Stage


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The page's content."""

    form: FilterForm
    columns: list[Column]
    total: int
    is_narrowed: bool
    may_move: bool
    undo: Undo | None
    move_url: str
    clear_url: str
    views: list[NavItem]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a card's form asks for."""

    application: queries.ApplicationLine
    stage: Stage
    seen: Stage

    @property
    def name(self) -> str:
        """Whose application it is."""
        return self.application.name


def board(
    seat: Seat, query: QueryDict, postings: collections.abc.Iterable[uuid.UUID] | None, now: dt.datetime
) -> Board:
    """Return the board that the address asks for, of the postings the member may see."""
    filters = _filters(application_filters.read(query, postings=postings))
    may_move = rules.may(seat.role, "correct_applications") and not scope.is_field_manager(seat.role)
    undo = _undo(seat, query) if may_move else None
    first = undo.application.id if undo else None
    found = board_queries.board(seat.organization_id, filters, clock.day_in_japan(now), first=first)
    return Board(
        form=_form(seat, filters),
        columns=[_column(one, filters) for one in found],
        total=sum(one.total for one in found),
        is_narrowed=bool(filters.query()),
        may_move=may_move,
        undo=undo,
        move_url=_address("employer:board_move", filters.query()),
        clear_url=reverse("employer:board"),
        views=views(query, on_board=True),
    )


def views(query: QueryDict, *, on_board: bool) -> list[NavItem]:
    """Return the ways to look at applications: as a list or as a board, with the filters that both have."""
    filters = _filters(application_filters.read(query))
    as_list = dataclasses.replace(filters, outcome=Outcome.IN_PROGRESS.value if on_board else "")
    return [
        NavItem(label=_("一覧"), url=_address("employer:applications", as_list.query()), current=not on_board),
        NavItem(label=_("ボード"), url=_address("employer:board", filters.query()), current=on_board),
    ]


def move(seat: Seat, sent: QueryDict) -> Move | None:
    """Return what a card's form asks for; None if it names nothing of the employer's, or no stage."""
    form = MoveForm(sent)
    if not form.is_valid():
        return None
    application = board_queries.standing(seat.organization_id, form.cleaned_data["application"])
    if application is None:
        return None
    return Move(application=application, stage=Stage(form.cleaned_data["stage"]), seen=Stage(form.cleaned_data["seen"]))


def result(made: Move) -> str:
    """Return what to say when a card was moved."""
    return _("%(name)s さんを「%(stage)s」に動かしました。") % {"name": made.name, "stage": made.stage.label}


def too_late(made: Move) -> str:
    """Return what to say when somebody else was first."""
    return _(
        "%(name)s さんを動かせませんでした。ほかのメンバーが先に、段階か結果を変えています。いまの段階を確かめてください。"
    ) % {"name": made.name}


def address_after(query: QueryDict, made: Move, *, is_moved: bool) -> str:
    """Return the board as it was filtered, at the card; a card that was moved can be moved back there."""
    kept = query.copy()
    for name in ("moved", "before"):
        kept.pop(name, None)
    if is_moved:
        kept["moved"], kept["before"] = str(made.application.id), made.seen.value
    return f"{_address('employer:board', kept.urlencode())}#card-{made.application.id}"


def _filters(asked: Filters) -> Filters:
    """Keep what narrows a board: what else a list knows is in the columns or not in progress."""
    return application_filters.Filters(
        posting=asked.posting, medium=asked.medium, recruiter=asked.recruiter, postings=asked.postings
    )


def _form(seat: Seat, filters: Filters) -> FilterForm:
    words = queries.choices(seat.organization_id, filters.postings)
    return FilterForm(
        filters,
        postings=listing.posting_titles(seat.organization_id, filters.postings).items(),
        media=zip(words.media, words.media, strict=True),
        recruiters=zip(words.recruiters, words.recruiters, strict=True),
    )


def _column(found: board_queries.Column, filters: Filters) -> Column:
    rest = dataclasses.replace(filters, outcome=Outcome.IN_PROGRESS.value, stage=found.stage.value)
    return Column(
        stage=found.stage,
        total=found.total,
        hidden=found.hidden,
        cards=_cards(found.cards),
        options=_options(found.stage),
        takes_cards=found.stage in OFFERED,
        list_url=_address("employer:applications", rest.query()),
    )


def _cards(found: list[board_queries.Card]) -> list[Card]:
    words = {days: _standing(days) for days in {one.working_days for one in found}}
    return [
        Card(
            line=one.application,
            person_url=reverse("employer:applicant", args=[one.application.applicant_id]),
            standing=words[one.working_days],
        )
        for one in found
    ]


def _standing(days: int | None) -> str:
    if days is None:
        return _("この段階の日付なし")
    return _("この段階で %(n)s %(unit)s") % {"n": figures.number(days), "unit": figures.unit(days, "working_days")}


def _options(stage: Stage) -> SafeString:
    """Return the stages that a card may go to from here; the one that usually follows is chosen."""
    others = [one for one in OFFERED if one != stage]
    order = list(Stage)
    following = next((one for one in others if order.index(one) > order.index(stage)), others[0])
    choices = ((one.value, " selected" if one == following else "", one.label) for one in others)
    return format_html_join("", '<option value="{}"{}>{}</option>', choices)


def _undo(seat: Seat, query: QueryDict) -> Undo | None:
    """Return the move that the address tells of, as long as it can be undone."""
    form = MoveForm({"application": query.get("moved"), "stage": query.get("before"), "seen": query.get("before")})
    asked = form.is_valid() and board_queries.standing(seat.organization_id, form.cleaned_data["application"])
    if not asked or asked.outcome != Outcome.IN_PROGRESS or asked.stage == form.cleaned_data["stage"]:
        return None
    return Undo(application=asked, before=Stage(form.cleaned_data["stage"]))


def _address(page: str, query: str) -> str:
    return f"{reverse(page)}?{query}" if query else reverse(page)
