from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agencies import letters, queries, rules
from career_relay.domain.ground.agencies.models import Licence, Reminder
from career_relay.domain.ground.agencies.operations import acting
from career_relay.domain.ground.agencies.operations.errors import UnableToSubmitLicence, UnableToSubmitTwice
from career_relay.kernel import actors, clock

if typing.TYPE_CHECKING:
    import uuid

A_YEAR: typing.Final = dt.timedelta(days=366)


@dataclasses.dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: its name is what somebody's computer said, its content is what counts."""

    name: str
    content: bytes


def submit_licence(
    *,
    organization_id: uuid.UUID,
    number: str,
    is_renewal: bool,
    valid_from: dt.date,
    valid_until: dt.date,
    evidence: Upload,
    actor: actors.Actor,
    now: dt.datetime,
) -> Licence:
    """Have the operator look at a licence and what proves it; until it is confirmed nothing is allowed by it.

    One at a time: a second would leave the operator guessing which one is meant.
    Raises UnableToActWithoutRight, UnableToSubmitTwice, UnableToSubmitLicence.
    """
    seat = acting.managing(organization_id=organization_id, actor=actor)
    if Licence.objects.filter(organization_id=organization_id, state=Licence.State.SUBMITTED).exists():
        raise UnableToSubmitTwice
    today = clock.day_in_japan(now)
    kind = _checked_evidence(evidence)
    _check_days(valid_from, valid_until, today, is_renewal=is_renewal)
    licence = Licence.objects.create(
        organization_id=organization_id,
        number=_checked_number(number, organization_id, today),
        is_renewal=is_renewal,
        valid_from=valid_from,
        valid_until=valid_until,
        evidence=evidence.content,
        evidence_name=rules.evidence_name(evidence.name, kind),
        evidence_type=kind,
        evidence_sha256=hashlib.sha256(evidence.content).hexdigest(),
        submitted_at=now,
        submitted_by=seat.user,
    )
    facts.record(
        "licence.submitted",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=licence.pk,
        valid_until=valid_until.isoformat(),
    )
    return licence


def remind_of_end(
    *, organization_id: uuid.UUID, licence_id: uuid.UUID, today: dt.date, now: dt.datetime
) -> Reminder | None:
    """Tell the agency's managers that a licence ends, or has ended, if that was not told at this distance before.

    Returns None when nothing is due. Raises UnableToFindAgency.
    """
    acting.held(organization_id=organization_id)
    licence = queries.licences(organization_id).filter(pk=licence_id, state=Licence.State.CONFIRMED).first()
    days = rules.due_stage(licence.valid_until, today) if licence else None
    if licence is None or days is None:
        return None
    reminder, is_new = Reminder.objects.get_or_create(
        organization_id=organization_id, licence=licence, days=days, defaults={"told_at": now}
    )
    if not is_new:
        return None
    if days == 0:
        facts.record(
            "licence.expired",
            actor=actors.SYSTEM,
            occurred_at=now,
            organization=organization_id,
            subject=licence.pk,
        )
    letters.tell_of_end(licence, has_ended=days == 0, today=today, now=now)
    return reminder


def _checked_number(text: str, organization_id: uuid.UUID, today: dt.date) -> str:
    found = rules.number(text)
    if not found:
        words = _(
            "許可・届出番号として読み取れません。「13-ユ-123456」のように、2 桁・種類（ユ、ム、特、地）・6 桁で入力してください。"
        )
        raise UnableToSubmitLicence("number", words)
    if not rules.may_charge(found) and _charges(organization_id, today):
        words = _(
            "%(number)s は無料の職業紹介の番号です。公表している手数料表では手数料を受け取ることになっています。"
            "先に、すべて 0 %% の手数料表を公表してください。"
        )
        raise UnableToSubmitLicence("number", words % {"number": found})
    return found


def _charges(organization_id: uuid.UUID, today: dt.date) -> bool:
    """Tell whether the agency takes fees by its present table, or by one published since that has yet to take effect."""
    present = queries.fee_table(organization_id, today)
    since = present.version if present else 0
    tables = queries.fee_tables(organization_id)
    return any(rules.charges(one.table.rates) for one in tables if one.version >= since)


def _check_days(valid_from: dt.date, valid_until: dt.date, today: dt.date, *, is_renewal: bool) -> None:
    if valid_from > today + A_YEAR:
        words = _("有効期間の始まりが 1 年より先です。許可証の日付を確かめてください。")
        raise UnableToSubmitLicence("valid_from", words)
    latest = rules.latest_end(valid_from, is_renewal=is_renewal)
    if valid_until < valid_from:
        words = _("有効期間の終わりが始まりより前です。許可証の日付を確かめてください。")
        raise UnableToSubmitLicence("valid_until", words)
    if valid_until > latest:
        words = _(
            "この始まりの日なら、有効期間は %(latest)s までです（新規は 3 年、更新は 5 年）。許可証の日付を確かめてください。"
        )
        raise UnableToSubmitLicence("valid_until", words % {"latest": f"{latest:%Y/%m/%d}"})
    if valid_until < today:
        words = _("有効期間が終わっています。更新した許可証を提出してください。")
        raise UnableToSubmitLicence("valid_until", words)


def _checked_evidence(evidence: Upload) -> str:
    if not evidence.content:
        words = _("ファイルに中身がありません。許可証を撮影または保存し直して、もう一度選んでください。")
        raise UnableToSubmitLicence("evidence", words)
    if len(evidence.content) > rules.MOST_EVIDENCE_BYTES:
        words = _("ファイルが上限の 5 MB を超えています。画像を小さくするか、必要なページだけにしてください。")
        raise UnableToSubmitLicence("evidence", words)
    kind = rules.evidence_type(evidence.content)
    if not kind:
        words = _("PDF、PNG、JPEG のどれでもないファイルです。許可証をその形で保存して、選び直してください。")
        raise UnableToSubmitLicence("evidence", words)
    return kind
