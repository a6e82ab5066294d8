"""One hire as the employer sees it: the start, what it costs and gives back, whether the person is still in post."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies import rules as agencies
from career_relay.domain.ground.agencies import words as agency_words
from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.people.placements import queries
from career_relay.domain.people.placements.models import Check, FeeTerms, Placement
from career_relay.kernel import clock
from career_relay.portals.employer.introductions import words
from career_relay.portals.employer.requests import fees

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.organizations.queries import Seat

State: typing.TypeAlias = Placement.State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Money that fell due or was given back."""

    title: str
    on: dt.date
    amount: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check; with an address where it can be answered now. `note` is what the person themselves said."""

    title: str
    due_on: dt.date
    words: str
    tone: Tone
    note: str
    by: str
    url: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPage:
    """The page's content."""

    file: queries.File
    today: dt.date
    may_decide: bool
    returns_slots: bool

    @property
    def one(self) -> Placement:
        return self.file.placement

    @property
    def id(self) -> uuid.UUID:
        return self.one.pk

    @property
    def title(self) -> str:
        """What the page is called: by the person, while the employer may see them."""
        identity = self.file.identity
        return _("%(name)s さん") % {"name": identity.name} if identity else _("紹介で採用した方")

    @property
    def lead(self) -> str:
        return _("%(title)s（%(agency)s の紹介）") % {"title": self.one.title, "agency": self.file.agency_name}

    @property
    def tone(self) -> Tone:
        return words.PLACEMENTS[self.one.state]

    @property
    def salary(self) -> str:
        return words.yen(self.one.salary_yen)

    @property
    def has_started(self) -> bool:
        return self.one.joined_at is not None

    @property
    def has_never_started(self) -> bool:
        return self.one.state == State.NOT_STARTED

    @property
    def may_start(self) -> bool:
        return self.may_decide and "confirm_start" in self.file.may

    @property
    def may_leave(self) -> bool:
        return self.may_decide and "record_leaving" in self.file.may

    @property
    def fee(self) -> str:
        return words.yen(self.file.fee.fee_yen)

    @property
    def basis(self) -> str:
        """By what the fee was found."""
        terms = self.file.fee
        if terms.percent is not None:
            told = {"basis": terms.get_basis_display(), "percent": terms.percent.normalize()}
            return _("%(basis)s（年収の %(percent)s %%）") % told
        if terms.fixed is not None:
            return _("%(basis)s（1 名あたりの定額）") % {"basis": terms.get_basis_display()}
        return str(terms.get_basis_display())

    @property
    def guarantee(self) -> str:
        """What is said where there is no last day on which leaving gives something back."""
        if self.one.uses_slot:
            is_open = not self.has_started
            slot = self.file.fee.slot if is_open else ""
            return fees.early_leaver(slot, returns_for_all=is_open and self.returns_slots)
        return _("ありません") if self.has_started else _("入社を記録すると決まります")

    @property
    def refunds(self) -> list[str]:
        """The rows of the refund table; none where nothing was paid."""
        if self.file.fee.basis == FeeTerms.Basis.SLOT:
            return []
        rows = agency_words.refunds(agencies.Table(rates=(), refunds=self.file.refunds))
        return [_("%(within)s：%(share)s") % {"within": row.within, "share": row.share} for row in rows]

    @property
    def entries(self) -> list[Entry]:
        return [
            Entry(title=one.kind_name, on=one.on, amount=words.yen(one.amount_yen), reason=one.reason_name)
            for one in self.file.entries
        ]

    @property
    def checks(self) -> list[CheckRow]:
        return [self._row(one) for one in self.file.checks]

    def holds(self, check_id: uuid.UUID) -> bool:
        """Tell whether this is a check of this hire."""
        return any(one.check_id == check_id for one in self.file.checks)

    def may_answer(self, check_id: uuid.UUID) -> bool:
        """Tell whether this member may answer the check today."""
        is_on = self.may_decide and self.one.state == State.JOINED
        return is_on and any(one.check_id == check_id for one in self.file.open_checks(self.today))

    def said(self, check_id: uuid.UUID) -> dict[str, typing.Any]:
        """Return what the person themselves said, as the form of the check begins with it; empty when they said nothing."""
        days = (one.person_left_on for one in self.file.checks if one.check_id == check_id)
        day = next(days, None)
        return {"answer": Check.Answer.LEFT, "left_on": day} if day else {}

    def _row(self, one: queries.CheckLine) -> CheckRow:
        is_open = self.may_answer(one.check_id)
        said = one.person_left_on
        address = reverse("employer:placement_check", args=[self.id, one.check_id]) if is_open else ""
        return CheckRow(
            title=_("入社 %(n)d 日") % {"n": one.days},
            due_on=one.due_on,
            words=one.answer_name or (_("回答待ち") if is_open else _("これから")),
            tone=_tone(one.answer, is_open=is_open),
            note=_("ご本人から、%(day)s に退職したと連絡がありました") % {"day": f"{said:%Y/%m/%d}"} if said else "",
            by=one.answered_side_name if one.answer and not one.is_spared else "",
            url=address,
        )


def page(seat: Seat, placement_id: uuid.UUID, now: dt.datetime) -> PlacementPage | None:
    """Return one hire of the employer; None for anybody else's."""
    file = queries.placement(seat.organization_id, placement_id)
    if file is None:
        return None
    may_decide = seats.may(seat.role, "decide_introductions")
    return PlacementPage(
        file=file, today=clock.day_in_japan(now), may_decide=may_decide, returns_slots=fees.returns_for_all(now)
    )


def _tone(answer: str, *, is_open: bool) -> Tone:
    if answer:
        return "positive" if answer == Check.Answer.IN_POST else "neutral"
    return "caution" if is_open else "neutral"
