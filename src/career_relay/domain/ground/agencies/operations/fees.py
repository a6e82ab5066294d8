from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agencies import queries, rules
from career_relay.domain.ground.agencies.models import FeeTable, Licence
from career_relay.domain.ground.agencies.operations import acting
from career_relay.domain.ground.agencies.operations.desk import CODES
from career_relay.domain.ground.agencies.operations.errors import UnableToPublishFees
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import decimal
    import uuid

    from career_relay.kernel import actors


def publish_fees(
    *,
    organization_id: uuid.UUID,
    table: rules.Table,
    average_rate: decimal.Decimal | None,
    average_year: int | None,
    effective_from: dt.date,
    actor: actors.Actor,
    now: dt.datetime,
) -> FeeTable:
    """Publish a new version of what the agency charges and gives back; earlier versions stay readable.

    Never for days gone by: agreements and introductions point to what was in force.
    Raises UnableToActWithoutRight, UnableToPublishFees.
    """
    seat = acting.managing(organization_id=organization_id, actor=actor)
    _check_table(table, may_charge=_may_charge(organization_id))
    _check_average(average_rate, average_year, now)
    if effective_from < clock.day_in_japan(now):
        raise UnableToPublishFees(_("適用日が過ぎた日です。今日からあとの日を入力してください。"))
    latest = FeeTable.objects.filter(organization_id=organization_id).order_by("-version").first()
    published = FeeTable.objects.create(
        organization_id=organization_id,
        version=latest.version + 1 if latest else 1,
        rates=[row.as_json() for row in table.rates],
        refunds=[row.as_json() for row in table.refunds],
        average_rate=average_rate,
        average_year=average_year,
        effective_from=effective_from,
        published_at=now,
        published_by=seat.user,
    )
    facts.record(
        "fees.published",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=published.pk,
        version=published.version,
    )
    return published


def _may_charge(organization_id: uuid.UUID) -> bool:
    """Tell by the agency's latest licence that was not handed back; without any, as most agencies charge."""
    latest = queries.licences(organization_id).exclude(state=Licence.State.REFUSED).first()
    return latest is None or rules.may_charge(latest.number)


def _check_table(table: rules.Table, *, may_charge: bool) -> None:
    known = {"", *CODES["occupations"]}, {"", *CODES["employment_types"]}
    if any(row.occupation not in known[0] or row.employment_type not in known[1] for row in table.rates):
        raise UnableToPublishFees(_("一覧にない職種か採用の種類が選ばれています。一覧から選び直してください。"))
    faults = [*rules.fee_faults(table.rates, may_charge=may_charge), *rules.refund_faults(table.refunds)]
    if faults:
        raise UnableToPublishFees(" ".join(faults))


def _check_average(rate: decimal.Decimal | None, year: int | None, now: dt.datetime) -> None:
    if (rate is None) != (year is None):
        raise UnableToPublishFees(_("平均の手数料率と年度は、両方を入力するか、両方とも空欄にしてください。"))
    if rate is not None and not 0 <= rate <= rules.HIGHEST_PERCENT:
        raise UnableToPublishFees(_("平均の手数料率は 0 % から 50 % までで入力してください。"))
    if year is not None and not 2000 <= year <= clock.day_in_japan(now).year:
        raise UnableToPublishFees(_("平均の手数料率の年度は、今年度までの西暦で入力してください。"))
