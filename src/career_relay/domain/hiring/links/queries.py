"""Reads about links: by token for anybody, everything else as the employer."""

from __future__ import annotations

import dataclasses
import typing

from django.conf import settings
from django.db.models import Sum

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.hiring.links import rules
from career_relay.domain.hiring.links.models import LegalBasis, RelayLink, Visit
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

TOKEN = "relay-link"  # noqa: S105 -- the name of a kind of token
PATH = "/r/{token}/"
Recipe: typing.TypeAlias = tuple[str, str, str, int, str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLink:
    """What a landing page needs to know of its link."""

    link_id: uuid.UUID
    organization_id: uuid.UUID
    employer_name: str
    programme_id: uuid.UUID
    ended: rules.Ended

    @property
    def is_live(self) -> bool:
        return not self.ended


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    """One of the employer's own links. `visits` is None while they are too few to show."""

    link_id: uuid.UUID
    label: str
    employment_type: str
    stage: str
    url: str
    created_at: dt.datetime
    revoked_at: dt.datetime | None
    revoked_reason: str
    ended: rules.Ended
    visits: int | None

    @property
    def is_live(self) -> bool:
        return not self.ended

    @property
    def employment_type_name(self) -> str:
        return str(RelayLink.EmploymentType(self.employment_type).label)

    @property
    def stage_name(self) -> str:
        return str(RelayLink.Stage(self.stage).label)


def opened(token: str, now: dt.datetime) -> OpenedLink | None:
    """Return the link behind a token, live or not; None for a token nobody was given.

    Each token costs one hash and one look-up by it, whether it is known, unknown or no token at all.
    """
    found = gate.row("link_by_token", keys.token_hash(token))
    if found is None:
        return None
    return OpenedLink(
        link_id=found["link_id"],
        organization_id=found["organization_id"],
        employer_name=found["employer_name"],
        programme_id=found["programme_id"],
        ended=rules.ended(
            revoked_at=found["revoked_at"],
            expires_at=found["expires_at"],
            basis=found["basis"],
            employer_state=found["employer_state"],
            moment=now,
        ),
    )


def live_at(organization_id: uuid.UUID, link_id: uuid.UUID, moment: dt.datetime) -> RelayLink | None:
    """Return the employer's link if it was live at `moment`, else None."""
    link = RelayLink.objects.filter(organization_id=organization_id, pk=link_id).first()
    if link is None:
        return None
    return None if _ended(link, latest_basis(organization_id, moment), _state(organization_id), moment) else link


def latest_basis(organization_id: uuid.UUID, moment: dt.datetime | None = None) -> LegalBasis | None:
    """Return the legal basis that counts now (or counted at `moment`), which may be of kind NONE; None if none was told."""
    told = LegalBasis.objects.filter(organization_id=organization_id)
    if moment is not None:
        told = told.filter(recorded_at__lte=moment)
    return told.order_by("-recorded_at", "-pk").first()


def of_organization(organization_id: uuid.UUID, now: dt.datetime) -> list[LinkLine]:
    """Return the employer's static links, newest first, with their visits where they are enough to hide everyone.

    Personal links belong to their notices, and no figure is kept of them.
    """
    own = RelayLink.objects.filter(organization_id=organization_id, mode=RelayLink.Mode.STATIC)
    links = list(own.order_by("-created_at", "-pk"))
    if not links:
        return []
    basis, state, visits = latest_basis(organization_id), _state(organization_id), _visits(organization_id)
    programme_ids = {link.programme_id for link in links}
    least = {identifier: programmes.policy_at(identifier, now).small_group for identifier in programme_ids}
    return [
        _line(link, _ended(link, basis, state, now), _hide_small(visits.get(link.pk, 0), least[link.programme_id]))
        for link in links
    ]


def may_link(organization_id: uuid.UUID) -> bool:
    """Tell whether the employer's mails may have the link: it takes part in the programme and recorded a basis."""
    basis = latest_basis(organization_id)
    return basis is not None and rules.allows_link(basis.kind) and programmes.participation(organization_id) is not None


def recipe(link_id: uuid.UUID, version: int) -> Recipe:
    """Return how the address of a link is derived while its mail is sent."""
    return "token", TOKEN, str(link_id), version, PATH.format(token="%s")  # noqa: S106 -- where it will be


def url(link: RelayLink) -> str:
    """Return the address that goes into the employer's mail."""
    return f"{settings.SITE_URL}{PATH.format(token=keys.token(TOKEN, link.pk, link.token_version))}"


def _ended(link: RelayLink, basis: LegalBasis | None, employer_state: str, moment: dt.datetime) -> rules.Ended:
    return rules.ended(
        revoked_at=link.revoked_at,
        expires_at=link.expires_at,
        basis=basis.kind if basis else LegalBasis.Kind.NONE,
        employer_state=employer_state,
        moment=moment,
    )


def _state(organization_id: uuid.UUID) -> str:
    return organizations.profile(organization_id).state


def _visits(organization_id: uuid.UUID) -> dict[uuid.UUID, int]:
    per_link = Visit.objects.filter(organization_id=organization_id).values_list("link_id").annotate(Sum("count"))
    return dict(per_link.order_by("link_id"))


def _hide_small(count: int, least: int) -> int | None:
    return count if count >= least else None


def _line(link: RelayLink, ended: rules.Ended, visits: int | None) -> LinkLine:
    return LinkLine(
        link_id=link.pk,
        label=link.label,
        employment_type=link.employment_type,
        stage=link.stage,
        url=url(link),
        created_at=link.created_at,
        revoked_at=link.revoked_at,
        revoked_reason=link.revoked_reason,
        ended=ended,
        visits=visits,
    )
