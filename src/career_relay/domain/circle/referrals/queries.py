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
from career_relay.domain.ground.organizations.models import Member
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
    """What came of a month's registrations. The employer's own total is exempt from hiding."""

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
        told = ngettext("今月 %(n)d 人が登録しました。", "今月 %(n)d 人が登録しました。", self.registered) % {
            "n": self.registered
        }
        if not self.in_review:
            return told
        waiting = ngettext("%(n)d 人は確認中です。", "%(n)d 人は確認中です。", self.in_review) % {"n": self.in_review}
        return _("%(sentence)s%(next_sentence)s") % {"sentence": told, "next_sentence": waiting}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link the person came through, as their own page says it."""

    registration_id: uuid.UUID
    organization_id: uuid.UUID
    organization_name: str
    source_type: str
    registered_at: dt.datetime


def per_link(organization_id: uuid.UUID) -> dict[uuid.UUID, int | None]:
    """Return how many people registered through each of the employer's links; None where the figure is hidden.

    A figure under the programme's small group is hidden, and so is the next smallest until the hidden ones together
    make a group: the total is known, so a single hidden figure would be no secret. The caller acts as the employer.
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
        registered=Count("person_key", distinct=True),
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


def is_member(organization_id: uuid.UUID, address: str) -> bool:
    """Tell whether a normalised address is that of a present member of the employer."""
    return Member.objects.filter(organization_id=organization_id, removed_at=None, user__email=address).exists()


def is_counted(referral: Referral) -> bool:
    """Tell whether the person of a referral not yet written is counted in a window that overlaps its own.

    The holder must be locked.
    """
    return _rivals(referral).filter(state=Referral.State.COUNTED, person_key=referral.person_key).exists()


def has_twin(referral: Referral) -> bool:
    """Tell whether somebody with another address, but the same mailbox or phone, is counted or in review."""
    alike = Q(mailbox_key=referral.mailbox_key)
    if referral.phone_key:
        alike |= Q(phone_key=referral.phone_key)
    others = _rivals(referral).exclude(person_key=referral.person_key)
    return others.filter(alike, state__in=[Referral.State.COUNTED, Referral.State.REVIEW]).exists()


def _rivals(referral: Referral) -> QuerySet[Referral]:
    """Return the employer's referrals whose window overlaps that of this one."""
    here = Referral.objects.filter(organization_id=referral.organization_id, programme_id=referral.programme_id)
    return here.filter(counted_at__lt=referral.blocks_until, blocks_until__gt=referral.counted_at)
