"""The slots of an employer as their page shows them, each with the request that it serves or served last."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.credits import queries as credit
from career_relay.domain.ground.credits.models import Slot
from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.ground.requests import queries
from career_relay.domain.people.placements import rules
from career_relay.portals.employer.requests import fees, pages

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.organizations.queries import Seat

TONES: typing.Final[dict[str, Tone]] = {
    Slot.State.AVAILABLE: "positive",
    Slot.State.RESERVED: "info",
    Slot.State.INTRODUCED: "info",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A slot; `use` is the request that holds or used it, for those who may see requests."""

    slot: credit.SlotLine
    use: queries.RequestLine | None

    @property
    def tone(self) -> Tone:
        return "caution" if self.slot.is_on_hold else TONES.get(self.slot.state, "neutral")

    @property
    def use_words(self) -> str:
        return pages.now_words(self.use) if self.use else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SlotsPage:
    """The page's content."""

    rows: list[Row]
    standing: credit.Standing
    shows_use: bool
    may_ask: bool
    early_leaver: str


def slots_page(seat: Seat, now: dt.datetime) -> SlotsPage:
    """Return every slot ever granted, with what it is used for now."""
    employer, programme = seat.organization_id, DEFAULT_PROGRAMME_ID
    shows_use = seats.may(seat.role, "see_introductions")
    uses = queries.by_slot(employer) if shows_use else {}
    found = credit.slots(organization_id=employer, programme_id=programme, now=now)
    return SlotsPage(
        rows=[Row(slot=one, use=None if one.state == Slot.State.AVAILABLE else uses.get(one.slot_id)) for one in found],
        standing=credit.standing(organization_id=employer, programme_id=programme, now=now),
        shows_use=shows_use,
        may_ask=seats.may(seat.role, "request_people"),
        early_leaver=_early_leaver(now),
    )


def _early_leaver(now: dt.datetime) -> str:
    """Say what becomes of the slot of somebody who leaves early, whichever agency introduced them."""
    if fees.returns_for_all(now):
        return fees.early_leaver("", returns_for_all=True)
    return _(
        "入社後に退職しても、枠は戻りません。連携協定で補充を約束した紹介会社なら、%(n)d 日以内の退職で戻ります。"
    ) % {"n": rules.REPLACEMENT_DAYS}
