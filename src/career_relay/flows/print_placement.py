"""What a placement cost, as a paper for the agency's and the employer's books: the same figures as on both their pages."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.capabilities import documents
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agencies import rules as fees
from career_relay.domain.ground.agencies import words
from career_relay.domain.people.placements import queries as placements
from career_relay.domain.people.placements import rules
from career_relay.domain.people.placements.models import FeeTerms
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.people.placements.models import Placement


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A paper, with the name under which it is kept."""

    name: str
    content: bytes


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A fee or a refund with its tax."""

    title: str
    on: dt.date
    amount: int

    @property
    def tax(self) -> int:
        return rules.consumption_tax(self.amount)

    @property
    def total(self) -> int:
        return self.amount + self.tax


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the paper says. It names the organizations and the posting, never the person."""

    file: placements.File
    licence: str
    made_on: dt.date
    tax_percent: int = rules.TAX_PERCENT

    @property
    def one(self) -> Placement:
        return self.file.placement

    @property
    def reference(self) -> str:
        return rules.reference(self.one.pk)

    @property
    def lines(self) -> list[Line]:
        return [Line(title=one.kind_name, on=one.on, amount=one.amount_yen) for one in self.file.entries]

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def basis(self) -> str:
        """Where the fee is written, with its version."""
        told = {"basis": self.file.fee.get_basis_display(), "n": self.file.fee.version}
        return _("%(basis)s（第 %(n)d 版）") % told

    @property
    def sum(self) -> str:
        """How the fee was counted."""
        terms = self.file.fee
        if terms.basis == FeeTerms.Basis.SLOT:
            return _("無料紹介枠を使うため、手数料はかかりません。")
        if terms.percent is None:
            return _("1 名あたりの定額")
        told = {"salary": f"{self.one.salary_yen:,}", "percent": terms.percent}
        return _("年収の見込み %(salary)s 円 × %(percent)s %%") % told

    @property
    def refunds(self) -> list[words.RefundWords]:
        """The rows of the refund table; none where nothing was paid."""
        return words.refunds(fees.Table(rates=(), refunds=self.file.refunds)) if self.file.fee.fee_yen else []


def print_placement(*, organization_id: uuid.UUID, placement_id: uuid.UUID, now: dt.datetime) -> Printed | None:
    """Return the paper to one of the placement's two organizations; None for anybody else, and before anything fell due."""
    with acting_as(organization=organization_id):
        file = placements.placement(organization_id, placement_id)
        if file is None or not file.entries:
            return None
        card = agencies.cards([file.placement.organization_id]).get(file.placement.organization_id)
    paper = Paper(file=file, licence=card.number if card else "", made_on=clock.day_in_japan(now))
    name = _("紹介手数料明細書_%(reference)s.pdf") % {"reference": paper.reference}
    return Printed(name=name, content=documents.render_pdf("documents/placement.html", {"paper": paper}))
