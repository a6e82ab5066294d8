"""An employer with applicants, and a mailing's way through its hands, told in single words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
import uuid

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import rules as mail_rules
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID, PolicyVersion
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.notices import operations, queries
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.flows import correct_application, notify_rejections
from career_relay.kernel.tenancy.context import acting_as
from tests import hiring
from tests.flows import story
from tests.world import NOW

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.hiring.intake.models import Batch
    from tests.world import Tenant

DAY = dt.timedelta(days=1)
NAMES = ["髙﨑 花子", "山田 太郎", "李 明", "𠮷田 さくら", "O'Brien Siobhán", "佐藤 一", "渡邉 ゆうこ🌸", "M"]
REPLY_TO = "saiyo@alpha.example"
Outcome = mail_rules.Outcome


@dataclasses.dataclass(frozen=True)
class Desk:
    """Where an employer keeps what its files brought: one batch, one posting."""

    tenant: Tenant
    batch: Batch
    posting: JobPosting
    joins: bool


def desk(tenant: Tenant, *, joins: bool = True) -> Desk:
    """Give an employer what applications stand on, its starter templates and, if it joins, the right to link."""
    if joins:
        story.join(tenant)
    with hiring.keeping(tenant):
        operations.templates.start(organization_id=tenant.id, user_id=tenant.owner.pk, now=NOW)
    return Desk(tenant, hiring.batch(tenant), hiring.posting(tenant, "営業職"), joins)


def apply(at: Desk, name: str = "山田 花子", email: str = "hana@people.example", **values: typing.Any) -> Application:
    """Write down somebody who applied and was rejected, unless the values say otherwise."""
    family_name = values.pop("family_name", "")
    person = values.pop("applicant", None) or hiring.person(at.tenant, name, email=email, family_name=family_name)
    return hiring.application(at.batch, person, **_rejected(at) | values)


def crowd(at: Desk, size: int, **values: typing.Any) -> list[uuid.UUID]:
    """Write down many rejected people; return their applications."""
    people = [
        hiring.new_person(at.tenant.id, f"{NAMES[n % len(NAMES)]} {n}", email=f"person-{n}@people.example")
        for n in range(size)
    ]
    return hiring.people_who_applied(at.tenant, at.batch, people, **_rejected(at) | values)


def _rejected(at: Desk) -> dict[str, typing.Any]:
    return {
        "posting": at.posting,
        "recruiter": "佐藤",
        "applied_at": NOW - 20 * DAY,
        "stage": "documents",
        "outcome": "rejected",
        "decided_at": NOW - 2 * DAY,
    }


def draft(at: Desk, applications: typing.Iterable[uuid.UUID], now: dt.datetime = NOW) -> Mailing:
    """Choose."""
    with acting_as(organization=at.tenant.id):
        return notify_rejections.draft_mailing(
            organization_id=at.tenant.id, application_ids=applications, user_id=at.tenant.owner.pk, now=now
        )


def write(at: Desk, mailing: Mailing, *, has_link: bool = True, name: str = "中途・書類選考") -> Mailing:
    """Choose the words."""
    with acting_as(organization=at.tenant.id):
        [template] = [one.template for one in queries.templates(at.tenant.id) if one.template.name == name]
        return notify_rejections.write_mailing(
            organization_id=at.tenant.id,
            mailing_id=mailing.pk,
            template_id=template.pk,
            has_link=has_link,
            reply_to=REPLY_TO,
        )


def confirm(
    at: Desk, mailing: Mailing, expected: int | None = None, now: dt.datetime = NOW, **when: dt.datetime
) -> Mailing:
    """Confirm the number that is shown."""
    with acting_as(organization=at.tenant.id):
        shown = queries.counts(mailing).to_send if expected is None else expected
        return notify_rejections.confirm_mailing(
            organization_id=at.tenant.id,
            mailing_id=mailing.pk,
            expected=shown,
            user_id=at.tenant.owner.pk,
            now=now,
            **when,
        )


def prepare(at: Desk, mailing: Mailing, now: dt.datetime = NOW) -> int:
    """Have all mails written; return in how many steps."""
    steps = 0
    while notify_rejections.prepare_mailing(organization_id=at.tenant.id, mailing_id=mailing.pk, now=now):
        steps += 1
    return steps


def queued(
    at: Desk, applications: typing.Iterable[uuid.UUID], *, has_link: bool = True, now: dt.datetime = NOW
) -> Mailing:
    """Go all the way from choosing to mails that wait."""
    mailing = write(at, draft(at, applications, now), has_link=has_link)
    confirm(at, mailing, now=now)
    prepare(at, mailing, now)
    return reread(at, mailing)


def stop(at: Desk, mailing: Mailing, now: dt.datetime = NOW) -> int:
    """Stop the mailing; return how many people were spared."""
    with acting_as(organization=at.tenant.id):
        return notify_rejections.stop_mailing(
            organization_id=at.tenant.id, mailing_id=mailing.pk, user_id=at.tenant.owner.pk, now=now
        ).count


def stop_one(at: Desk, notice_id: uuid.UUID, now: dt.datetime = NOW) -> None:
    """Stop one person's mail."""
    with acting_as(organization=at.tenant.id):
        notify_rejections.stop_notice(
            organization_id=at.tenant.id, notice_id=notice_id, user_id=at.tenant.owner.pk, now=now
        )


def claim(at: Desk, mailing: Mailing, now: dt.datetime) -> messaging.Claimed | None:
    """Take the next mail as the worker does."""
    with acting_as(organization=at.tenant.id):
        claimed = messaging.claim_next(batch_id=mailing.pk, organization_id=at.tenant.id, now=now)
        if claimed and claimed.state:
            notify_rejections.note_result(
                organization_id=at.tenant.id, message_id=claimed.message_id, state=claimed.state, now=now
            )
    return claimed


def settle(
    at: Desk, claimed: messaging.Claimed, outcome: Outcome = Outcome.SENT, now: dt.datetime = NOW, code: int = 250
) -> str | None:
    """Write down what the mail server answered, as the worker does."""
    assert claimed.envelope is not None
    with acting_as(organization=at.tenant.id):
        return notify_rejections.note_answer(
            message_id=claimed.message_id,
            attempt=claimed.envelope.attempt,
            answer=mail_rules.Answer(outcome, code),
            started_at=now,
            now=now,
        )


def send_all(at: Desk, mailing: Mailing, now: dt.datetime) -> list[uuid.UUID]:
    """Have every due mail accepted; return the messages."""
    sent = []
    while claimed := claim(at, mailing, now):
        if claimed.envelope:
            settle(at, claimed, now=now)
            sent.append(claimed.message_id)
    with acting_as(organization=at.tenant.id):
        notify_rejections.go_on_sending(organization_id=at.tenant.id, mailing_id=mailing.pk, now=now, not_before=None)
    return sent


def reread(at: Desk, mailing: Mailing) -> Mailing:
    """Return the mailing as it stands now."""
    with acting_as(organization=at.tenant.id):
        found = queries.mailing(at.tenant.id, mailing.pk)
    assert found is not None
    return found


def correct(at: Desk, application: Application, now: dt.datetime = NOW, **changes: typing.Any) -> str:
    """Put an application right as a member does; return what became of the mail that told of it."""
    with acting_as(organization=at.tenant.id):
        return correct_application.correct_application(
            organization_id=at.tenant.id,
            application_id=application.pk,
            changes=changes,
            reason="入力の誤り",
            user_id=at.tenant.owner.pk,
            now=now,
        ).mail


def left_out(at: Desk, mailing: Mailing) -> dict[uuid.UUID, str]:
    """Return by applicant why they get no mail, an empty string for those who do."""
    with acting_as(organization=at.tenant.id):
        return dict(Notice.objects.filter(mailing=mailing).values_list("applicant_id", "left_out"))


def messages(at: Desk, mailing: Mailing) -> list[Message]:
    """Return the mails of a mailing by address."""
    with acting_as(organization=at.tenant.id):
        return list(Message.objects.filter(batch_id=mailing.pk).order_by("to_address"))


def told_at(at: Desk, application: Application) -> dt.datetime | None:
    """Return when the person was told."""
    with acting_as(organization=at.tenant.id):
        return Application.objects.get(pk=application.pk).told_at


def open_tells(at: Desk) -> set[uuid.UUID]:
    """Return the applications that a living notice tells of."""
    with acting_as(organization=at.tenant.id):
        return set(Told.objects.filter(is_open=True).values_list("application_id", flat=True))


def hurry() -> PolicyVersion:
    """Let the programme send within seconds, as the demo's does."""
    last = PolicyVersion.objects.filter(programme_id=DEFAULT_PROGRAMME_ID).latest("version")
    return PolicyVersion.objects.create(
        programme_id=DEFAULT_PROGRAMME_ID,
        version=last.version + 1,
        effective_from=last.effective_from + dt.timedelta(seconds=1),
        published_by="test",
        published_at=NOW,
        send_delay_seconds=0,
        quiet_from=None,
        quiet_until=None,
        sends_next_working_day_at=None,
    )
