"""An employer's year in the demo: its files come in, its people are told, some of them register."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import rules as mail_rules
from career_relay.capabilities.messaging.models import Message
from career_relay.config.demo import exports, past, year
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.intake.models import Batch
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.domain.hiring.notices import queries as notices
from career_relay.domain.hiring.notices.models import Mailing, Notice
from career_relay.domain.people.candidates.rules import Details
from career_relay.flows import notify_rejections, receive_applications
from career_relay.kernel import actors, clock
from career_relay.kernel.japanese import working_days
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.config.demo import employers
    from career_relay.config.demo.year import Applied

EVENING, MORNING = dt.time(18), dt.time(9, 30)
RECENT: typing.Final = dt.timedelta(days=50)
ANSWERS: typing.Final = {
    2: mail_rules.Answer(mail_rules.Outcome.REFUSED, 550, "5.1.1", is_address_bad=True),
    5: mail_rules.Answer(mail_rules.Outcome.LOST, None, "TimeoutError"),
}
"""What the mail server answered to the third and the sixth mail of a mailing; it took all others."""
STOPPED: typing.Final = 8
STAGES: typing.Final = {"documents": ("documents",), "interview": ("first", "second")}
"""Which stages of an application a template's stage is about."""
REGISTER_AT: typing.Final = dt.timedelta(hours=10)
BETWEEN: typing.Final = dt.timedelta(hours=21)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An employer that was opened: whom its rows belong to, and everybody who ever applied there."""

    employer: employers.Employer
    organization_id: uuid.UUID
    owner_id: uuid.UUID
    links: dict[str, uuid.UUID]
    applications: list[Applied]


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """Return a moment in Japan."""
    return dt.datetime.combine(day, time, tzinfo=clock.TOKYO)


def live(house: House, today: dt.date) -> list[past.Registering]:
    """Let the employer import and tell people up to yesterday; return who then registers by a personal link."""
    coming, since, imported = [], dt.date.min, dt.date.min
    for planned in house.employer.mailings:
        day = today - dt.timedelta(days=planned.days_ago)
        if day > imported:
            bring_in(house, day, since=since)
            since, imported = day - RECENT, day
        coming += tell(house, planned, working_days.next_working_day(day + dt.timedelta(days=1)))
    yesterday = today - dt.timedelta(days=1)
    bring_in(house, yesterday, since=since)
    return coming


def bring_in(house: House, day: dt.date, *, since: dt.date) -> None:
    """Import what the employer's systems export in the evening of `day`, from a day on."""
    known = year.known_on(house.applications, day)
    for files in house.employer.files:
        wanted = [one for one in known[files.share] if one.applied_at.date() >= since]
        _import(house, files, wanted, at(day, EVENING))


def tell(house: House, planned: employers.Mailing, day: dt.date) -> list[past.Registering]:
    """Tell the latest of those who wait, in the morning of `day`; return who registers in the days after."""
    mailing = _confirmed(house, planned, at(day, MORNING))
    if mailing is None or mailing.due_at is None:
        return []
    sent_at = mailing.due_at + past.SOON
    if planned.is_stopped:
        with acting_as(organization=house.organization_id, user=house.owner_id):
            notify_rejections.stop_mailing(
                organization_id=house.organization_id,
                mailing_id=mailing.pk,
                user_id=house.owner_id,
                now=mailing.due_at - past.SOON,
            )
        return []
    _stop_one(house, mailing, mailing.due_at - past.SOON)
    _send(house, mailing, sent_at)
    return _registering(house, mailing, planned.registered, sent_at)


def _import(house: House, files: employers.Files, applications: list[Applied], now: dt.datetime) -> None:
    owner: dict[str, typing.Any] = {"organization": house.organization_id, "user": house.owner_id}
    request: dict[str, typing.Any] = {
        "organization_id": house.organization_id,
        "language": "ja",
        "actor": actors.user(house.owner_id),
        "now": now,
    }
    with acting_as(**owner):
        batch = _uploaded(house, files, applications, now)
        check = receive_applications.request_check(batch_id=batch.pk, **request)
    receive_applications.check_import(run_id=check.pk, organization_id=house.organization_id, now=now)
    with acting_as(**owner):
        commit = receive_applications.request_commit(batch_id=batch.pk, **request)
    receive_applications.commit_import(run_id=commit.pk, organization_id=house.organization_id, now=now)


def _uploaded(house: House, files: employers.Files, applications: list[Applied], now: dt.datetime) -> Batch:
    batch = intake.upload(
        organization_id=house.organization_id,
        file_name=files.name,
        content=exports.encoded(files.layout(applications), files.encoding),
        encoding="",
        user_id=house.owner_id,
        now=now,
    )
    if batch.state == Batch.State.UPLOADED:
        batch = intake.set_columns(
            organization_id=house.organization_id,
            batch_id=batch.pk,
            fields={},
            source_name=files.source,
            blank_clears=False,
            user_id=house.owner_id,
            now=now,
        )
    return batch


def _confirmed(house: House, planned: employers.Mailing, now: dt.datetime) -> Mailing | None:
    """Return a mailing whose mails are written and wait; None when nobody waits for an answer."""
    organization_id, user_id = house.organization_id, house.owner_id
    with acting_as(organization=organization_id, user=user_id):
        waiting = Application.objects.filter(
            organization_id=organization_id,
            outcome="rejected",
            told_at=None,
            decided_at__gte=now - RECENT,
            stage__in=STAGES[planned.stage],
            employment_type__in=[planned.kind, ""],
        )
        chosen = list(waiting.order_by("-decided_at", "key").values_list("pk", flat=True)[: planned.people])
        if not chosen:
            return None
        mailing = notify_rejections.draft_mailing(
            organization_id=organization_id, application_ids=chosen, user_id=user_id, now=now
        )
        notify_rejections.write_mailing(
            organization_id=organization_id,
            mailing_id=mailing.pk,
            template_id=_template(organization_id, planned),
            has_link=True,
            reply_to=f"saiyo@{house.employer.domain}",
        )
        mailing = notify_rejections.confirm_mailing(
            organization_id=organization_id,
            mailing_id=mailing.pk,
            expected=notices.counts(mailing).to_send,
            user_id=user_id,
            now=now,
        )
    while notify_rejections.prepare_mailing(organization_id=organization_id, mailing_id=mailing.pk, now=now):
        pass
    return mailing


def _template(organization_id: uuid.UUID, planned: employers.Mailing) -> uuid.UUID:
    """Return the starter template for whom the mailing is to."""
    found = [one.template for one in notices.templates(organization_id)]
    wanted = (planned.kind, planned.stage, "ja")
    return next(one.pk for one in found if (one.employment_type, one.stage, one.language) == wanted)


def _stop_one(house: House, mailing: Mailing, now: dt.datetime) -> None:
    """Stop the mail of one person in time."""
    with acting_as(organization=house.organization_id, user=house.owner_id):
        waiting = Notice.objects.filter(mailing=mailing, message__state=Message.State.QUEUED)
        chosen = waiting.order_by("message__to_address")[STOPPED : STOPPED + 1]
        for notice in chosen:
            notify_rejections.stop_notice(
                organization_id=house.organization_id, notice_id=notice.pk, user_id=house.owner_id, now=now
            )


def _send(house: House, mailing: Mailing, now: dt.datetime) -> None:
    """Do what the worker and the mail server did at that time."""
    organization_id = house.organization_id
    with acting_as(organization=organization_id):
        waiting = Message.objects.filter(batch_id=mailing.pk, state=Message.State.QUEUED).order_by("to_address")
        answers = {address: ANSWERS.get(place, past.SENT) for place, address in enumerate(_addresses(waiting))}
        while claimed := messaging.claim_next(batch_id=mailing.pk, organization_id=organization_id, now=now):
            if claimed.envelope is None:
                continue
            state = messaging.settle(
                message_id=claimed.message_id,
                attempt=claimed.envelope.attempt,
                answer=answers[claimed.envelope.recipient],
                started_at=now,
                now=now,
            )
            if state is not None:
                notify_rejections.note_result(
                    organization_id=organization_id, message_id=claimed.message_id, state=state, now=now
                )
        notify_rejections.go_on_sending(
            organization_id=organization_id, mailing_id=mailing.pk, now=now, not_before=None
        )


def _addresses(messages: typing.Any) -> list[str]:
    return list(messages.values_list("to_address", flat=True))


def _registering(house: House, mailing: Mailing, people: int, sent_at: dt.datetime) -> list[past.Registering]:
    """Return who of those who got the mail registers, spread over them."""
    with acting_as(organization=house.organization_id):
        reached = Notice.objects.filter(mailing=mailing, has_link=True, message__state=Message.State.SENT)
        rows = list(reached.order_by("message__to_address").values_list("pk", "applicant__name", "message__to_address"))
        chosen = rows[:: max(1, len(rows) // max(1, people))][:people]
        links = dict(RelayLink.objects.filter(notice_id__in=[row[0] for row in chosen]).values_list("notice_id", "pk"))
    return [
        past.Registering(
            at=sent_at + REGISTER_AT + place * BETWEEN,
            organization_id=house.organization_id,
            link_id=links[notice_id],
            details=Details(name=name, email=address),
            language="ja",
            purposes=("agency_introduction", *(("school_information",) if place % 3 == 0 else ())),
        )
        for place, (notice_id, name, address) in enumerate(chosen)
    ]
