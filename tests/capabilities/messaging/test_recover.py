from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities.messaging import operations, queries
from career_relay.capabilities.messaging.operations import Recovery
from career_relay.kernel.tenancy import context
from career_relay.kernel.tenancy.context import acting_as
from tests.capabilities.messaging import letters
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("db")

SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.mark.parametrize(
    "owner", [{"organization": letters.OWNER}, {"user": letters.OWNER}, {"candidate": letters.OWNER}]
)
@pytest.mark.parametrize(("repeats", "state", "requeued"), [(False, "uncertain", 0), (True, "queued", 1)])
def test_recover_closes_a_claim_without_result(
    owner: letters.Principal,
    repeats: bool,  # noqa: FBT001
    state: str,
    requeued: int,
) -> None:
    message = letters.queue(now=NOW, repeats_when_uncertain=repeats, **owner)
    with acting_as(**owner):
        operations.claim(message_id=message.pk, now=NOW)
    forget_jobs()
    later = NOW + dt.timedelta(seconds=121)
    assert operations.recover(now=later) == Recovery(is_late=False, requeued=requeued)
    found = letters.reread(message)
    assert (found.state, found.finished_at) == (state, None if repeats else later)
    assert letters.tries(message) == [(1, "lost", None, "ClaimAbandoned")]
    assert len(letters.jobs(message)) == requeued


def test_recover_leaves_a_fresh_claim_alone() -> None:
    message = letters.queue(now=NOW)
    with acting_as(organization=letters.OWNER):
        operations.claim(message_id=message.pk, now=NOW)
    operations.recover(now=NOW + dt.timedelta(seconds=119))
    assert (letters.reread(message).state, letters.tries(message)) == ("sending", [])


def test_recover_does_not_repeat_for_ever_what_may_end_the_worker() -> None:
    message = letters.queue(now=NOW, repeats_when_uncertain=True)
    now = NOW
    for _ in range(13):
        with acting_as(organization=letters.OWNER):
            assert operations.claim(message_id=message.pk, now=now) is not None
        now += 3 * MINUTE
        operations.recover(now=now)
    found = letters.reread(message)
    assert (found.state, found.attempts) == ("uncertain", 13)


def test_recover_gives_a_due_message_without_job_one_job() -> None:
    message = letters.queue(now=NOW)
    forget_jobs()
    assert operations.recover(now=NOW + 59 * SECOND).requeued == 0
    assert operations.recover(now=NOW + 61 * SECOND).requeued == 1
    assert operations.recover(now=NOW + 62 * SECOND).requeued == 0
    [job] = letters.jobs(message)
    assert job.args == letters.arguments(message)


def test_recover_leaves_messages_whose_job_waits_or_that_are_not_due() -> None:
    letters.queue(now=NOW)
    tomorrow = letters.queue(now=NOW, due_at=NOW + dt.timedelta(days=1))
    ProcrastinateJob.objects.filter(args__message=str(tomorrow.pk))._raw_delete("default")
    assert operations.recover(now=NOW + 2 * MINUTE) == Recovery(is_late=False, requeued=0)


def test_recover_says_when_something_waits_too_long() -> None:
    letters.queue(now=NOW)
    assert operations.recover(now=NOW + 5 * MINUTE).is_late is False
    assert operations.recover(now=NOW + 5 * MINUTE + SECOND).is_late is True


def test_recover_ignores_mails_that_are_done_with() -> None:
    message = letters.queue(now=NOW)
    with acting_as(organization=letters.OWNER):
        operations.stop(message_id=message.pk, now=NOW)
    assert operations.recover(now=NOW + dt.timedelta(days=1)) == Recovery(is_late=False, requeued=0)


def test_recover_leaves_nobody_behind_in_the_context() -> None:
    message = letters.queue(now=NOW)
    with acting_as(organization=letters.OWNER):
        operations.claim(message_id=message.pk, now=NOW)
    operations.recover(now=NOW + 3 * MINUTE)
    assert context.current() == context.NOBODY


def test_gate_tells_ids_and_nothing_else() -> None:
    message = letters.queue(now=NOW)
    forget_jobs()
    [found] = queries.due_without_job(NOW + MINUTE, 10)
    assert found == queries.Address(message.pk, letters.OWNER, None, None)


def test_claim_tolerates_clocks_that_differ_a_little() -> None:
    early, much_earlier = letters.queue(now=NOW), letters.queue(now=NOW)
    with acting_as(organization=letters.OWNER):
        assert operations.claim(message_id=early.pk, now=NOW - 29 * SECOND) is not None
        assert operations.claim(message_id=much_earlier.pk, now=NOW - 31 * SECOND) is None
