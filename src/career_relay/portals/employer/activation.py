"""The way from sign-up to a working link: four steps, each with the evidence that it was taken."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from career_relay.design.shapes import TimelineEvent
from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes import terms
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import queries as links
from career_relay.domain.hiring.links import rules as link_rules
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.ground.programmes.models import Participation
    from career_relay.domain.hiring.links.models import LegalBasis


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the way: what it is called, whether it was taken, by what we know that, and who may take it.

    `is_outdated`: it was taken, and something newer waits; nothing else waits for that.
    """

    key: str
    title: str
    action: str
    evidence: str
    is_done: bool
    is_outdated: bool = False
    url: str
    right: rules.Right


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """How far an employer has come, as one member sees it."""

    participation: Participation | None
    basis: LegalBasis | None
    lines: list[links.LinkLine]
    standing: ledger.Standing
    steps: list[Step]
    role: str

    @property
    def live(self) -> list[links.LinkLine]:
        """The links that open a landing page now, newest first."""
        return [line for line in self.lines if line.is_live]

    @property
    def allows_link(self) -> bool:
        """Whether the recorded basis lets the employer put a link into its mail."""
        return self.basis is not None and link_rules.allows_link(self.basis.kind)

    @property
    def new_terms(self) -> terms.Terms | None:
        """The terms in force, if the employer accepted an earlier version of them."""
        accepted = self.participation.terms_version if self.participation else terms.CURRENT.version
        return terms.CURRENT if accepted < terms.CURRENT.version else None

    @property
    def next(self) -> Step | None:
        """The first step that was not taken; None when all were."""
        return next((step for step in self.steps if not step.is_done), None)

    @property
    def events(self) -> list[TimelineEvent]:
        """The steps as a line of events: taken, outdated, next, to come."""
        signs: dict[str, tuple[Tone, str]] = {step.key: ("positive", "check") for step in self.steps if step.is_done}
        signs |= {step.key: ("caution", "alert") for step in self.steps if step.is_outdated}
        if self.next:
            signs[self.next.key] = ("info", "arrow-right")
        plain: tuple[Tone, str] = ("neutral", "")
        return [
            TimelineEvent(title=step.title, body=step.evidence, tone=tone, icon=icon)
            for step, (tone, icon) in ((step, signs.get(step.key, plain)) for step in self.steps)
        ]

    @property
    def may_take_next(self) -> bool:
        """Whether this member is the one to take it."""
        return self.next is not None and rules.may(self.role, self.next.right)


def activation(seat: Seat, now: dt.datetime) -> Activation:
    """Return how far the employer has come."""
    organization_id = seat.organization_id
    participation = programmes.participation(organization_id)
    basis = links.latest_basis(organization_id)
    lines = links.of_organization(organization_id, now)
    standing = ledger.standing(organization_id=organization_id, programme_id=DEFAULT_PROGRAMME_ID, now=now)
    return Activation(
        participation=participation,
        basis=basis,
        lines=lines,
        standing=standing,
        steps=[_terms(participation), _basis(basis), _link(lines, basis), _text(standing)],
        role=seat.role,
    )


def _terms(participation: Participation | None) -> Step:
    evidence = _("規約の全文を読み、組織を代表して同意します。")
    if participation:
        evidence = _("%(day)s に %(name)s さんが第 %(version)d 版に同意しました。") % {
            "day": _day(participation.joined_at),
            "name": participation.accepted_by.name,
            "version": participation.terms_version,
        }
    is_outdated = participation is not None and participation.terms_version < terms.CURRENT.version
    if is_outdated:
        words = _("新しい版（第 %(version)d 版）があります。%(accepted)s")
        evidence = words % {"version": terms.CURRENT.version, "accepted": evidence}
    return Step(
        key="terms",
        title=_("規約への同意"),
        action=_("規約を確認"),
        evidence=evidence,
        is_done=participation is not None,
        is_outdated=is_outdated,
        url=reverse("employer:start_terms"),
        right="accept_terms",
    )


def _basis(basis: LegalBasis | None) -> Step:
    evidence = _("リンクをメールに載せてよいと判断した根拠を記録します。")
    if basis:
        evidence = _("%(day)s：%(basis)s") % {"day": _day(basis.recorded_at), "basis": basis.get_kind_display()}
    return Step(
        key="basis",
        title=_("リンクを載せる根拠"),
        action=_("根拠を記録"),
        evidence=evidence,
        is_done=basis is not None and link_rules.allows_link(basis.kind),
        url=reverse("employer:start_basis"),
        right="record_basis",
    )


def _link(lines: list[links.LinkLine], basis: LegalBasis | None) -> Step:
    live = [line for line in lines if line.is_live]
    evidence = _("採用の種類と選考の段階を選ぶと、リンクができます。")
    if live:
        evidence = _("%(n)d 本が稼働中です。") % {"n": len(live)}
    elif basis and not link_rules.allows_link(basis.kind):
        evidence = _("根拠を記録すると、リンクを作成できます。")
    return Step(
        key="link",
        title=pgettext("one", "リレーリンク"),
        action=_("リンクを作成"),
        evidence=evidence,
        is_done=bool(live),
        url=reverse("employer:start_link"),
        right="manage_links",
    )


def _text(standing: ledger.Standing) -> Step:
    evidence = _("文面を採用管理システムに貼り付けます。最初の登録が数えられると、ここに人数が出ます。")
    if standing.counted:
        evidence = _("これまでに %(n)d 人の登録を数えました。") % {"n": standing.counted}
    return Step(
        key="text",
        title=_("お見送りの文面"),
        action=_("文面をコピー"),
        evidence=evidence,
        is_done=standing.counted > 0,
        url=reverse("employer:start_text"),
        right="see_links",
    )


def _day(moment: dt.datetime) -> str:
    return f"{clock.day_in_japan(moment):%Y/%m/%d}"
