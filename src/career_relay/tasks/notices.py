from __future__ import annotations

import typing
import uuid

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from career_relay.capabilities import queue
from career_relay.domain.hiring.notices import operations as notices
from career_relay.domain.hiring.notices import queries
from career_relay.flows import notify_rejections as flow
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

# A file that comes in may hold the same people for minutes; asking again and again leaves the mailing free to be stopped.
WHEN_A_FILE_IS_IN: typing.Final = RetryStrategy(
    max_attempts=150, wait=2, retry_exceptions=(OperationalError, InterfaceError)
)


@app.task(name="prepare_mailing", retry=WHEN_A_FILE_IS_IN)
def prepare_mailing(mailing: str, organization: str) -> None:
    """Write the mails of a confirmed mailing, some at a time, each time in a transaction of its own."""
    mailing_id, organization_id = uuid.UUID(mailing), uuid.UUID(organization)
    while flow.prepare_mailing(organization_id=organization_id, mailing_id=mailing_id, now=clock.now()):
        pass


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


@app.task(name="review_mails", retry=WHEN_A_FILE_IS_IN)
def review_mails(organization: str) -> None:
    """Look once more at all mails that wait, after news of people was committed."""
    flow.review_again(organization_id=uuid.UUID(organization), now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="take_up_mailings")
def take_up_mailings(timestamp: int) -> None:
    """Go on with the mailings of employers with untold people whose jobs are gone, whatever became of them."""
    for organization_id in queries.employers_with_untold():
        flow.take_up_mailings(organization_id=organization_id)


@app.periodic(cron="*/15 * * * *")
@app.task(name="send_digests")
def send_digests(timestamp: int) -> None:
    """In the morning of a working day, tell each employer's recruiting members how many people wait for an answer."""
    now = clock.now()
    for organization_id in queries.employers_with_untold():
        with acting_as(organization=organization_id):
            notices.send_digest(organization_id=organization_id, now=now)
