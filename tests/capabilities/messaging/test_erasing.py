from __future__ import annotations

import concurrent.futures
import typing

from django.db import connection

from career_relay.capabilities.messaging import operations
from career_relay.capabilities.messaging.models import Attempt, Message
from career_relay.kernel.tenancy.context import acting_as
from tests import database
from tests.capabilities.messaging import letters
from tests.world import NOW


def test_erase_of_a_mail_whose_answer_just_comes_leaves_neither(fresh_database: object) -> None:
    """The worker would write an attempt between the deletion of the attempts and that of their mail."""
    message = letters.queue(candidate=letters.CHALLENGE, now=NOW)
    with acting_as(candidate=letters.CHALLENGE):
        assert operations.claim(message_id=message.pk, now=NOW)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        answers: list[concurrent.futures.Future[object]] = []

        def answer_comes(execute: typing.Any, sql: str, *rest: typing.Any) -> typing.Any:
            if sql.startswith('DELETE FROM "messaging_message"'):
                answers.append(pool.submit(letters.settle_in_a_thread, message))
                while not answers[0].done() and not database.waits_for_a_lock():
                    concurrent.futures.wait(answers, 0.02)
            return execute(sql, *rest)

        with acting_as(candidate=letters.CHALLENGE), connection.execute_wrapper(answer_comes):
            assert operations.erase(candidate=letters.CHALLENGE) == 1
        assert [answer.result() for answer in answers] == [None]
    with acting_as(candidate=letters.CHALLENGE):
        assert (Message.objects.count(), Attempt.objects.count()) == (0, 0)
