"""Reads about agreements, each as one of the two parties; the gate alone is asked about others."""

from __future__ import annotations

import dataclasses
import typing

from django.db.models import F

from career_relay.domain.ground.agreements import rules, wording
from career_relay.domain.ground.agreements.models import Agreement, AgreementAct, AgreementVersion, Draft
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

    from career_relay.domain.ground.organizations.queries import Named

OPEN: typing.Final = (Agreement.State.PROPOSED, Agreement.State.LIVE, Agreement.State.SUSPENDED)
IN_FORCE: typing.Final = (Agreement.State.LIVE, Agreement.State.SUSPENDED)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An agreement in the list of one of its parties."""

    agreement: Agreement
    partner: Named
    waits_for_us: bool

    @property
    def waits_for_them(self) -> bool:
        return bool(self.agreement.offered) and not self.waits_for_us


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A draft with the partner it is for."""

    draft: Draft
    partner: Named

    @property
    def terms(self) -> rules.Terms:
        return rules.Terms.of(self.draft.terms)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The text that proposing a draft would put on the table, and its hash."""

    line: DraftLine
    text: dict[str, typing.Any]
    text_hash: str
    agreement: Agreement | None

    @property
    def on_table(self) -> int:
        """The version that waits for an answer now, which this would come in place of; 0 if none does."""
        return self.agreement.offered if self.agreement else 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An act of the history with the side that did it."""

    act: AgreementAct
    is_ours: bool
    by: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One agreement as one of its parties sees it."""

    line: Line
    in_force: AgreementVersion | None
    offered: AgreementVersion | None
    latest: AgreementVersion
    history: tuple[Done, ...]
    may: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An agreement whose review is near, and the party in whose context it is told."""

    agreement_id: uuid.UUID
    organization_id: uuid.UUID


def of_organization(organization_id: uuid.UUID) -> list[Line]:
    """Return the organization's agreements, the one changed last first."""
    found = list(_of(organization_id).order_by("-changed_at", "pk"))
    names = organizations.names_of(partner_of(agreement, organization_id) for agreement in found) if found else {}
    return [_line(agreement, organization_id, names) for agreement in found]


def drafts(organization_id: uuid.UUID) -> list[DraftLine]:
    """Return what the organization is about to propose, the one changed last first."""
    found = list(Draft.objects.filter(organization_id=organization_id).order_by("-changed_at", "pk"))
    names = organizations.names_of(draft.counterparty_id for draft in found) if found else {}
    return [DraftLine(draft=draft, partner=names[draft.counterparty_id]) for draft in found]


def draft(organization_id: uuid.UUID, draft_id: uuid.UUID) -> DraftLine | None:
    """Return one draft of the organization."""
    found = Draft.objects.filter(organization_id=organization_id, pk=draft_id).first()
    if found is None:
        return None
    names = organizations.names_of([found.counterparty_id])
    return DraftLine(draft=found, partner=names[found.counterparty_id])


def preview(organization_id: uuid.UUID, draft_id: uuid.UUID) -> Preview | None:
    """Return what proposing the draft now would say. The parties stand in the order of the agreement, if there is one."""
    line = draft(organization_id, draft_id)
    if line is None:
        return None
    agreement = open_between(organization_id, line.draft.counterparty_id)
    text = text_between(organization_id, line.draft.counterparty_id, line.terms, agreement)
    return Preview(line=line, text=text, text_hash=wording.hash_of(text), agreement=agreement)


def text_between(
    organization_id: uuid.UUID, counterparty_id: uuid.UUID, terms: rules.Terms, agreement: Agreement | None
) -> dict[str, typing.Any]:
    """Return the text of these terms between the two, by the names they have now."""
    pair = (agreement.organization_id, agreement.counterparty_id) if agreement else (organization_id, counterparty_id)
    names = organizations.names_of(pair)
    first, second = (wording.Party(name=names[one].name, kind=names[one].kind) for one in pair)
    return wording.write(terms, first, second)


def detail(organization_id: uuid.UUID, agreement_id: uuid.UUID) -> Detail | None:
    """Return one agreement with its texts and history, as the organization sees it."""
    agreement = _of(organization_id).filter(pk=agreement_id).first()
    if agreement is None:
        return None
    names = organizations.names_of([agreement.organization_id, agreement.counterparty_id])
    versions = {version.number: version for version in agreement.versions.all()}
    return Detail(
        line=_line(agreement, organization_id, names),
        in_force=versions.get(agreement.version),
        offered=versions.get(agreement.offered),
        latest=versions[max(versions)],
        history=tuple(
            Done(act=act, is_ours=act.by_organization_id == organization_id, by=names[act.by_organization_id].name)
            for act in agreement.acts.order_by("-at", "-pk")
        ),
        may=rules.allowed(position(agreement, organization_id)),
    )


def live_between(one: uuid.UUID, other: uuid.UUID) -> AgreementVersion | None:
    """Return the version in force between two organizations, one of which asks; None unless the agreement is live."""
    agreement = open_between(one, other)
    if agreement is None or agreement.state != Agreement.State.LIVE:
        return None
    return agreement.versions.get(number=agreement.version)


def is_live(one: uuid.UUID, other: uuid.UUID) -> bool:
    """Tell whether an agreement between two organizations, one of which asks, lets anything flow now."""
    agreement = open_between(one, other)
    return agreement is not None and agreement.state == Agreement.State.LIVE


def open_between(one: uuid.UUID, other: uuid.UUID) -> Agreement | None:
    """Return the agreement between the two that is neither declined nor ended."""
    pair = Agreement.objects.filter(organization_id__in=[one, other], counterparty_id__in=[one, other])
    return pair.filter(state__in=OPEN).first()


def live_partners(organization_id: uuid.UUID) -> dict[uuid.UUID, Named]:
    """Return those with whom the organization has a live agreement, by id."""
    return _partners(_of(organization_id).filter(state=Agreement.State.LIVE), organization_id)


def live_terms(organization_id: uuid.UUID) -> dict[uuid.UUID, rules.Terms]:
    """Return the terms in force with each of those with whom the organization has a live agreement, by their id."""
    live = AgreementVersion.objects.filter(
        agreement__in=_of(organization_id).filter(state=Agreement.State.LIVE), number=F("agreement__version")
    )
    return {
        partner_of(version.agreement, organization_id): rules.Terms.of(version.terms)
        for version in live.select_related("agreement")
    }


def partners(organization_id: uuid.UUID, kind: str) -> list[Named]:
    """Return those of a kind with whom the organization has a live agreement, by name."""
    live = live_partners(organization_id).values()
    return sorted(
        (named for named in live if named.kind == kind), key=lambda named: (named.name, named.organization_id)
    )


def partner_names(organization_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the names of those with whom the organization has an agreement or is negotiating one, in their order."""
    known = _partners(_of(organization_id).filter(state__in=OPEN), organization_id)
    return dict(sorted(((key, named.name) for key, named in known.items()), key=lambda one: (one[1], one[0])))


def may_receive(agency_id: uuid.UUID, day: dt.date) -> bool:
    """Tell whether people may be given to an agency on a day: licence confirmed, no stop, live agreement with an operator.

    Anybody may ask: the answer is what the disclosure of a person depends on.
    """
    answer = gate.row("may_receive_people", agency_id, day)
    return answer is not None and answer["may_receive_people"] is True


def reviews_near(day: dt.date) -> list[Due]:
    """Return the agreements of the whole network whose reminder of the review is due, whoever asks."""
    return [Due(**found) for found in gate.rows("agreements_to_review", day)]


def partner_of(agreement: Agreement, organization_id: uuid.UUID) -> uuid.UUID:
    """Return the other party."""
    return agreement.counterparty_id if agreement.organization_id == organization_id else agreement.organization_id


def position(agreement: Agreement, organization_id: uuid.UUID) -> rules.Position:
    """Return where the agreement stands, seen from the organization."""

    def side(by: uuid.UUID | None) -> rules.Side | None:
        return None if by is None else "us" if by == organization_id else "them"

    return rules.Position(
        state=agreement.state,
        offered_by=side(agreement.offered_by_id),
        suspended_by=side(agreement.suspended_by_id),
    )


def _of(organization_id: uuid.UUID) -> QuerySet[Agreement]:
    as_first = Agreement.objects.filter(organization_id=organization_id)
    return as_first | Agreement.objects.filter(counterparty_id=organization_id)


def _partners(agreements: QuerySet[Agreement], organization_id: uuid.UUID) -> dict[uuid.UUID, Named]:
    found = list(agreements)
    return organizations.names_of(partner_of(one, organization_id) for one in found) if found else {}


def _line(agreement: Agreement, organization_id: uuid.UUID, names: collections.abc.Mapping[uuid.UUID, Named]) -> Line:
    is_ours = agreement.offered_by_id == organization_id
    return Line(
        agreement=agreement,
        partner=names[partner_of(agreement, organization_id)],
        waits_for_us=bool(agreement.offered) and not is_ours and agreement.state in OPEN,
    )
