from __future__ import annotations

import datetime as dt
import email
import email.header
import email.policy
import email.utils
import typing
import uuid

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities.messaging import delivery, operations, queries, rules, unsubscribing
from career_relay.capabilities.messaging.models import Message
from career_relay.capabilities.messaging.operations import Letter
from career_relay.kernel import clock, ids
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import mail
from tests.capabilities.messaging import letters
from tests.capabilities.messaging.sink import DROP, Sink
from tests.flows import mailings
from tests.world import NOW

if typing.TYPE_CHECKING:
    import email.message

    import procrastinate

SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
OTHER = uuid.UUID("01920000-0000-7000-8000-000000000009")


@pytest.fixture(autouse=True)
def no_quiet_hours(db: None) -> None:
    """Send at any hour of the day: the tasks look at the real clock."""
    mailings.hurry()


def letter(number: int = 0, **values: typing.Any) -> Letter:
    usual: dict[str, typing.Any] = {
        "to": f"person-{number}@people.example",
        "subject": "結果のご連絡",
        "text": "本文\n",
        "html": "<p>本文</p>",
        "kind": "letter",
        "language": "ja",
        "sender_name": "アルファ精機株式会社",
        "reply_to": "saiyo@alpha.example",
        "secrets": {},
    }
    return Letter(**usual | values)


def queue(
    size: int = 1,
    *,
    organization: uuid.UUID = letters.OWNER,
    batch_id: uuid.UUID | None = None,
    now: dt.datetime | None = None,
    due_at: dt.datetime | None = None,
    **values: typing.Any,
) -> uuid.UUID:
    moment, batch = now or clock.now(), batch_id or ids.new()
    with acting_as(organization=organization):
        operations.queue_batch(
            batch_id=batch,
            organization=organization,
            letters=[letter(number, **values) for number in range(size)],
            due_at=due_at or moment,
            now=moment,
        )
    return batch


def send(batch: uuid.UUID, organization: uuid.UUID = letters.OWNER) -> None:
    mail.send_batch(batch=str(batch), organization=str(organization))


def states(batch: uuid.UUID, organization: uuid.UUID = letters.OWNER) -> dict[str, int]:
    with acting_as(organization=organization):
        return queries.counts_of_batch(organization, batch)


def jobs(batch: uuid.UUID) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(args__batch=str(batch)).order_by("id"))


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def claim(batch: uuid.UUID, now: dt.datetime) -> operations.Claimed | None:
    with acting_as(organization=letters.OWNER):
        return operations.claim_next(batch_id=batch, organization_id=letters.OWNER, now=now)


def test_queue_batch_writes_rows_of_their_own_and_one_job_behind_all_others(app: procrastinate.App) -> None:
    batch = queue(3, now=NOW, due_at=NOW + MINUTE)
    queue(2, batch_id=batch, now=NOW, due_at=NOW + MINUTE)
    [job] = jobs(batch)
    assert (job.task_name, job.scheduled_at, job.args) == (
        "send_batch", NOW + MINUTE, {"batch": str(batch), "organization": str(letters.OWNER)},
    )  # fmt: skip
    assert (app.tasks["send_batch"].priority < app.tasks["send_message"].priority, states(batch)) == (
        True,
        {"queued": 5},
    )
    with acting_as(organization=letters.OWNER):
        assert Message.objects.filter(batch_id=batch).values("message_id").distinct().count() == 5


def test_send_batch_hands_over_one_after_the_other_by_one_connection(mail_server: Sink) -> None:
    batch = queue(5)
    send(batch)
    assert (states(batch), len(mail_server.mails), mail_server.calls) == ({"sent": 5}, 5, 1)
    parsed = email.message_from_bytes(mail_server.mails[0][1], policy=email.policy.default)
    assert (parsed["From"], parsed["Reply-To"]) == ("アルファ精機株式会社 <relay@example.jp>", "saiyo@alpha.example")
    assert (parsed["List-Unsubscribe"], parsed["Auto-Submitted"]) == (None, "auto-generated")


@pytest.mark.parametrize(
    "name", ["アルファ精機株式会社" * 11, 'Say "hi", Inc.', "back\\slash <x@evil.example>", "a" * 120, "髙﨑🌸"]
)
def test_sender_name_stands_in_from_whatever_it_holds_and_the_address_is_ours(mail_server: Sink, name: str) -> None:
    send(queue(sender_name=name))
    header = email.message_from_bytes(mail_server.mails[0][1])["From"]
    shown, address = email.utils.parseaddr(header)
    assert (str(email.header.make_header(email.header.decode_header(shown))), address) == (name, "relay@example.jp")


def test_letter_of_a_list_can_be_stopped_by_one_click(mail_server: Sink) -> None:
    text = "{{secret:unsubscribe_url}}"
    send(queue(suppression_list="relay", text=text, html=text))
    parsed = email.message_from_bytes(mail_server.mails[0][1], policy=email.policy.default)
    url = unsubscribing.url("relay", "person-0@people.example")
    assert (parsed["List-Unsubscribe"].strip(), parsed["List-Unsubscribe-Post"]) == (
        f"<{url}>", "List-Unsubscribe=One-Click",
    )  # fmt: skip


def test_send_batch_takes_turns_and_comes_back_at_the_end_of_the_queue(mail_server: Sink) -> None:
    batch, other = queue(25), queue(1, organization=OTHER)
    forget_jobs()
    send(batch)
    assert (states(batch), len(jobs(batch)), jobs(batch)[0].scheduled_at) == ({"sent": 20, "queued": 5}, 1, None)
    send(batch)
    send(other, OTHER)
    assert (states(batch), states(other, OTHER), len(jobs(batch))) == ({"sent": 25}, {"sent": 1}, 1)


def test_batches_of_one_organization_share_its_turn(mail_server: Sink) -> None:
    several = [queue(25) for _ in range(3)]
    queue(25, organization=OTHER)
    for batch in several:
        send(batch)
    assert [states(batch)["sent"] for batch in several] == [6, 6, 6]


def test_turn_ends_by_the_clock_when_the_server_is_slow(mail_server: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "TURN", dt.timedelta(seconds=0.3))
    mail_server.pauses = {"CONTENT": 0.15}
    batch = queue(20)
    send(batch)
    assert 1 <= states(batch)["sent"] <= 3


@pytest.mark.parametrize("answers", [{"CONNECT": DROP}, {"CONNECT": "554 no"}, {"EHLO": DROP}, {"MAIL": "421 later"}])
def test_server_that_is_away_is_not_asked_for_each_mail(mail_server: Sink, answers: dict[str, str]) -> None:
    mail_server.answers = answers
    batch = queue(5)
    forget_jobs()
    before = clock.now()
    send(batch)
    [job] = jobs(batch)
    assert (states(batch), len(mail_server.mails)) == ({"queued": 5}, 0)
    with acting_as(organization=letters.OWNER):
        assert sum(Message.objects.filter(batch_id=batch).values_list("attempts", flat=True)) == 1
    assert job.scheduled_at
    assert job.scheduled_at >= before + rules.LATER


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ({"RCPT": "550 5.1.1 unknown"}, {"failed": 3}),
        ({"RCPT": "450 4.2.0 greylisted"}, {"queued": 3}),
        ({"CONTENT": "552 5.3.4 too big"}, {"failed": 3}),
        ({"CONTENT": "452 4.2.2 full"}, {"queued": 3}),
        ({"CONTENT": "gibberish"}, {"uncertain": 3}),
        ({"CONTENT": DROP}, {"uncertain": 1, "queued": 2}),
    ],
)
def test_what_the_server_says_of_one_mail_does_not_hold_up_the_others(
    mail_server: Sink, answers: dict[str, str], counts: dict[str, int]
) -> None:
    mail_server.answers = answers
    batch = queue(3)
    send(batch)
    assert states(batch) == counts


def test_refused_mail_leaves_the_connection_to_the_next(mail_server: Sink) -> None:
    mail_server.refused = {"person-1@people.example"}
    batch = queue(4)
    send(batch)
    assert (states(batch), mail_server.calls) == ({"sent": 3, "failed": 1}, 1)


def test_server_that_hangs_up_between_two_mails_is_called_again(mail_server: Sink) -> None:
    line = delivery.Line()
    batch = queue(2)
    first, second = claim(batch, clock.now()), claim(batch, clock.now())
    assert first is not None
    assert second is not None
    assert first.envelope is not None
    assert second.envelope is not None
    mail_server.hangs_up_after_mail = True
    answers = [line.hand_over(one) for one in (first.envelope, second.envelope)]
    line.close()
    assert ([answer.outcome for answer in answers], mail_server.calls) == (["sent", "sent"], 2)


def test_retries_stay_with_the_batch(mail_server: Sink) -> None:
    mail_server.answers = {"RCPT": "450 later"}
    batch = queue(2)
    forget_jobs()
    send(batch)
    [job] = ProcrastinateJob.objects.all()
    with acting_as(organization=letters.OWNER):
        due = min(Message.objects.filter(batch_id=batch).values_list("due_at", flat=True))
    assert (job.task_name, job.scheduled_at) == ("send_batch", due)


def test_mail_that_cannot_be_put_together_fails_alone(mail_server: Sink) -> None:
    batch = queue(1, secrets={"url": ["nonsense"]})
    queue(2, batch_id=batch)
    send(batch)
    assert states(batch) == {"failed": 1, "sent": 2}


def test_suppressed_mail_is_passed_over(mail_server: Sink) -> None:
    batch = queue(2, suppression_list="relay")
    token = unsubscribing.unsubscribe_token("relay", "person-1@people.example")
    operations.suppress(token=token, now=NOW)
    send(batch)
    assert states(batch) == {"suppressed": 1, "sent": 1}


def test_claim_next_takes_each_once_and_none_before_its_time() -> None:
    batch = queue(2, now=NOW, due_at=NOW + MINUTE)
    taken = [claim(batch, NOW), *(claim(batch, NOW + MINUTE) for _ in range(3))]
    assert [one is not None for one in taken] == [False, True, True, False]
    assert len({one.message_id for one in taken if one}) == 2


def test_stop_batch_stops_what_waits_and_calls_off_what_is_sent() -> None:
    batch = queue(3, now=NOW)
    claimed = claim(batch, NOW)
    assert claimed is not None
    assert claimed.envelope is not None
    with acting_as(organization=letters.OWNER):
        stopped = operations.stop_batch(batch_id=batch, organization_id=letters.OWNER, now=NOW)
        state = operations.settle(
            message_id=claimed.message_id,
            attempt=claimed.envelope.attempt,
            answer=rules.Answer(rules.Outcome.RETRY, 450),
            started_at=NOW,
            now=NOW,
        )
    assert (len(stopped), state, states(batch), claim(batch, NOW + MINUTE)) == (2, "stopped", {"stopped": 3}, None)


def test_stop_batch_of_another_organization_stops_nothing() -> None:
    batch = queue(2)
    with acting_as(organization=OTHER):
        assert operations.stop_batch(batch_id=batch, organization_id=letters.OWNER, now=NOW) == []
    assert states(batch) == {"queued": 2}


def test_recover_gives_a_forgotten_batch_a_job_once() -> None:
    batch = queue(3, now=NOW)
    queue(2, organization=OTHER, now=NOW)
    forget_jobs()
    assert [operations.recover(now=NOW + moment).requeued for moment in (59 * SECOND, 61 * SECOND, 62 * SECOND)] == [
        0, 2, 0,
    ]  # fmt: skip
    assert len(jobs(batch)) == 1


def test_recover_names_an_abandoned_mail_uncertain_and_never_sends_it_again() -> None:
    batch = queue(1, now=NOW)
    claim(batch, NOW)
    forget_jobs()
    later = NOW + dt.timedelta(seconds=settings.EMAIL_CLAIM_SECONDS + 1)
    assert operations.recover(now=later).requeued == 0
    assert (states(batch), claim(batch, later + 7 * 24 * 60 * MINUTE)) == ({"uncertain": 1}, None)
    assert len(jobs(batch)) == 1  # which finds that all is done


def test_long_batch_is_not_late_while_its_job_is_there_and_is_when_it_is_missing() -> None:
    queue(3, now=NOW)
    assert queries.is_late(now=NOW + 60 * MINUTE) is False
    forget_jobs()
    assert (queries.is_late(now=NOW + 4 * MINUTE), queries.is_late(now=NOW + 6 * MINUTE)) == (False, True)


def test_gate_tells_of_batches_ids_alone_and_leaves_their_mails_out_of_the_others() -> None:
    batch = queue(3, now=NOW)
    forget_jobs()
    assert queries.due_without_job(NOW + MINUTE, 10) == []
    assert queries.due_batches_without_job(NOW + MINUTE, 10) == [queries.Batch(batch, letters.OWNER)]


def test_go_on_says_whether_anything_is_open() -> None:
    batch = queue(1, now=NOW)
    claim(batch, NOW)
    with acting_as(organization=letters.OWNER):
        arguments = {"batch_id": batch, "organization_id": letters.OWNER, "now": NOW}
        open_before = operations.go_on(**arguments)  # type: ignore[arg-type]
        operations.stop_batch(batch_id=batch, organization_id=letters.OWNER, now=NOW)
        Message.objects.filter(batch_id=batch).update(state="sent")
        assert (open_before, operations.go_on(**arguments)) == (True, False)  # type: ignore[arg-type]


def test_suppressed_finds_addresses_of_this_very_list() -> None:
    operations.suppress(token=unsubscribing.unsubscribe_token("relay", "A@people.example"), now=NOW)
    addresses = ["a@people.example", "b@people.example"]
    assert [queries.suppressed(name, addresses) for name in ("relay", "bounce")] == [{"a@people.example"}, set()]
