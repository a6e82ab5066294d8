"""Reads about referrals: as the employer, counts and reasons only; as the person, their own registrations.

Nothing here can tell an employer who registered: lines carry the day, and figures per link are hidden in the database
itself while they are small.
"""

from __future__ import annotations

import dataclasses
import typing

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from career_relay.domain.circle.referrals.models import Referral, Registration
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.kernel import clock
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.db.models import QuerySet


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NotCountedLine:
    """A registration that did not count (yet), as the employer reads it: the day and the reason."""

    day: dt.date
    state: str
    reason: str

    @property
    def state_name(self) -> str:
        return str(Referral.State(self.state).label)

    @property
    def reason_name(self) -> str:
        return str(Referral.Reason(self.reason).label)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What came of a month's registrations: `registered` is the sum of the others. A total is exempt from hiding."""

    first_day: dt.date
    registered: int
    counted: int
    in_review: int
    not_counted: int

    @property
    def words(self) -> str:
        """The month in one or two sentences."""
        if not self.registered:
            return _("今月の登録は、まだありません。")
        told = ngettext("今月の登録は %(n)d 件です。", "今月の登録は %(n)d 件です。", self.registered) % {
            "n": self.registered
        }
        if not self.in_review:
            return told
        waiting = ngettext("%(n)d 件は確認中です。", "%(n)d 件は確認中です。", self.in_review) % {"n": self.in_review}
        return _("%(sentence)s%(next_sentence)s") % {"sentence": told, "next_sentence": waiting}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link the person came through, as their own page says it."""

    registration_id: uuid.UUID
    organization_id: uuid.UUID
    organization_name: str
    source_type: str
    registered_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Whether somebody who is counted in an overlapping window is certainly, or somebody probably, the same person."""

    is_same_person: bool
    is_probably_same_person: bool


def per_link(organization_id: uuid.UUID) -> dict[uuid.UUID, int | None]:
    """Return how many people registered through each of the employer's links; None where the figure is hidden.

    A figure from one to under the programme's small group is hidden, and so is the next smallest until the hidden ones
    together make a group: the total is known, so a single hidden figure would be no secret. Links that nobody used
    add nothing to that group; they say 0 unless something is hidden, as the others would then be known not to be 0.
    Personal links count as one link that is never shown and hides like a small figure even at 0, so that no change
    tells of the one person who got it. The caller acts as the employer.
    """
    return {row["link_id"]: row["people"] for row in gate.rows("registrations_by_link")}


def not_counted(organization_id: uuid.UUID, limit: int = 100) -> list[NotCountedLine]:
    """Return the registrations that did not count or wait for review, newest day first; within a day by reason."""
    others = Referral.objects.filter(organization_id=organization_id).exclude(state=Referral.State.COUNTED)
    newest = others.order_by("-counted_at").values_list("counted_at", "state", "reason")[:limit]
    lines = [NotCountedLine(day=clock.day_in_japan(at), state=state, reason=reason) for at, state, reason in newest]
    return sorted(lines, key=lambda line: (-line.day.toordinal(), line.state, line.reason))


def month(organization_id: uuid.UUID, now: dt.datetime) -> Month:
    """Return what came of the registrations of the calendar month in Japan that `now` lies in."""
    first = clock.day_in_japan(now).replace(day=1)
    begins = clock.start_of_day_in_japan(first)
    here = Referral.objects.filter(
        organization_id=organization_id, counted_at__gte=begins, counted_at__lt=clock.months_later(begins, 1)
    )
    state = Referral.State
    found = here.aggregate(
        registered=Count("pk"),
        counted=Count("pk", filter=Q(state=state.COUNTED)),
        in_review=Count("pk", filter=Q(state=state.REVIEW)),
        not_counted=Count("pk", filter=Q(state__in=[state.NOT_COUNTED, state.VOID])),
    )
    return Month(first_day=first, **found)


def referral(registration_id: uuid.UUID) -> Referral:
    """Return what became of a registration. The caller acts as the employer."""
    return Referral.objects.get(registration_id=registration_id)


def registration(registration_id: uuid.UUID) -> Registration:
    """Return the person's own registration with its candidate."""
    return Registration.objects.select_related("candidate").get(pk=registration_id)


def ways_of(candidate_id: uuid.UUID) -> list[Way]:
    """Return the links the person came through, oldest first, with the employers' names."""
    rows = list(Registration.objects.filter(candidate_id=candidate_id).order_by("registered_at", "pk"))
    names = organizations.names_of({row.organization_id for row in rows})
    return [
        Way(
            registration_id=row.pk,
            organization_id=row.organization_id,
            organization_name=names[row.organization_id].name,
            source_type=row.source_type,
            registered_at=row.registered_at,
        )
        for row in rows
    ]


def is_known_to_network(candidate_id: uuid.UUID, organization_id: uuid.UUID) -> bool:
    """Tell whether the person came through another employer's link before. The caller acts as the person."""
    return Registration.objects.filter(candidate_id=candidate_id).exclude(organization_id=organization_id).exists()


def has_link_counted_another(registration_id: uuid.UUID) -> bool:
    """Tell whether the registration came by a personal link through which another person is counted already.

    The caller acts as the employer, whose counters are locked: of two who come at once, the second sees the first.
    """
    [row] = gate.rows("personal_link_counted_another", registration_id)
    return bool(row["has_counted"])


def likeness(referral: Referral) -> Likeness:
    """Tell whom of the employer's referrals one that is to be decided on resembles. The holder must be locked."""
    person = _of_person(referral)
    alike = person | Q(mailbox_key=referral.mailbox_key)
    if referral.phone_key:
        alike |= Q(phone_key=referral.phone_key)
    state = Referral.State
    rivals = _beside(referral).filter(counted_at__lt=referral.blocks_until, blocks_until__gt=referral.counted_at)
    return Likeness(
        is_same_person=rivals.filter(person, state=state.COUNTED).exists(),
        is_probably_same_person=rivals.filter(alike, state__in=[state.COUNTED, state.REVIEW]).exists(),
    )


def _of_person(referral: Referral) -> Q:
    """Select the rows of the person: with the same id or address, with an id or address of those rows, and so on.

    Whoever changes their address, or is erased and comes back, leaves such a chain: no link of it counts a second time.
    """
    people, addresses = {bytes(referral.person_key)}, {bytes(referral.address_key)}
    while True:
        same, known = Q(person_key__in=people) | Q(address_key__in=addresses), len(people) + len(addresses)
        for person, address in _beside(referral).filter(same).values_list("person_key", "address_key"):
            people.add(bytes(person))
            addresses.add(bytes(address))
        if len(people) + len(addresses) == known:
            return same


def _beside(referral: Referral) -> QuerySet[Referral]:
    """Return the employer's referrals in the same programme."""
    return Referral.objects.filter(organization_id=referral.organization_id, programme_id=referral.programme_id)
