from __future__ import annotations

import contextlib
import datetime as dt
import typing
import uuid

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from career_relay.capabilities import queue
from career_relay.domain.hiring.notices import operations as notices
from career_relay.domain.hiring.notices import queries
from career_relay.flows import notify_rejections as flow
from career_relay.kernel import clock, locks
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc

WHEN_IT_IS_BACK: typing.Final = RetryStrategy(
    max_attempts=5, wait=1, retry_exceptions=(OperationalError, InterfaceError)
)
SOON: typing.Final = dt.timedelta(seconds=2)


@app.task(name="prepare_mailing", retry=WHEN_IT_IS_BACK)
def prepare_mailing(mailing: str, organization: str) -> None:
    """Write the mails of a confirmed mailing, some at a time, each time in a transaction of its own."""
    mailing_id, organization_id = uuid.UUID(mailing), uuid.UUID(organization)
    try:
        while flow.prepare_mailing(organization_id=organization_id, mailing_id=mailing_id, now=clock.now()):
            pass
    except OperationalError as error:
        with _soon(error, organization_id) as at:
            queue.defer("prepare_mailing", at=at, mailing=mailing_id, organization=organization_id)


@app.periodic(cron="* * * * *")
@app.task(name="end_abandoned_mailings")
def end_abandoned_mailings(timestamp: int) -> None:
    """Stop the mailings whose preparation died with its worker too often, and end those whose last job died after the mails.

    Those that got further stay as they are.
    """
    for job in queue.given_up("mailing"):
        try:
            mailing_id, organization_id = uuid.UUID(job.arguments["mailing"]), uuid.UUID(job.arguments["organization"])
        except ValueError:  # such a job could not begin, and stands for no mailing
            continue
        flow.break_off_mailing(organization_id=organization_id, mailing_id=mailing_id, now=clock.now())
    organizations = {job.arguments["organization"] for job in queue.given_up("batch") if job.task == "send_batch"}
    for organization in sorted(organizations):
        flow.take_up_mailings(organization_id=uuid.UUID(organization))


@app.task(name="review_mails", retry=WHEN_IT_IS_BACK)
def review_mails(organization: str) -> None:
    """Look once more at all mails that wait, after news of people was committed."""
    organization_id = uuid.UUID(organization)
    try:
        flow.review_again(organization_id=organization_id, now=clock.now())
    except OperationalError as error:
        with _soon(error, organization_id) as at:
            queue.defer("review_mails", at=at, organization=organization_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="take_up_mailings")
def take_up_mailings(timestamp: int) -> None:
    """Go on with the mailings whose jobs are gone, whatever became of them."""
    for organization_id in queries.employers_with_mailings():
        flow.take_up_mailings(organization_id=organization_id)


@app.periodic(cron="*/15 * * * *")
@app.task(name="send_digests")
def send_digests(timestamp: int) -> None:
    """In the morning of a working day, tell each employer's recruiting members how many people wait for an answer."""
    now = clock.now()
    for organization_id in queries.employers_with_untold():
        with acting_as(organization=organization_id):
            notices.send_digest(organization_id=organization_id, now=now)


@contextlib.contextmanager
def _soon(error: OperationalError, organization_id: uuid.UUID) -> collections.abc.Iterator[dt.datetime]:
    """Give the moment for a new job where work found a file that holds the same people; raise any other error.

    As often as it takes: to the job that makes way it would count as another death, after some of which it is given up.
    """
    if not locks.gave_way(error):
        raise error
    with acting_as(organization=organization_id):
        yield clock.now() + SOON
