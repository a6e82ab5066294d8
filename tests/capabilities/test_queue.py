from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities import queue
from tests.world import NOW

ID = uuid.UUID("01920000-0000-7000-8000-000000000001")


def test_defer_keeps_ids_and_short_words(db: None) -> None:
    queue.defer("send_message", at=NOW + dt.timedelta(hours=1), message=ID, organization=None, user="2026-11")
    [job] = ProcrastinateJob.objects.all()
    assert job.args == {"message": str(ID), "user": "2026-11"}
    assert (job.task_name, job.scheduled_at) == ("send_message", NOW + dt.timedelta(hours=1))


@pytest.mark.parametrize("value", ["hana@people.example", "髙﨑 花", "two words", "", "x" * 65, 7, ["a"], "a\n"])
def test_defer_refuses_what_could_be_about_a_person(db: None, value: object) -> None:
    with pytest.raises(TypeError, match="message"):
        queue.defer("send_message", message=value)  # type: ignore[arg-type]
    assert ProcrastinateJob.objects.count() == 0


def test_defer_refuses_a_name_no_task_has(db: None) -> None:
    with pytest.raises(exceptions.TaskNotFound):
        queue.defer("send_pigeon", message=ID)


def test_job_is_gone_with_the_transaction_that_wanted_it(fresh_database: dict[str, str]) -> None:
    with transaction.atomic():
        queue.defer("send_message", message=ID)
        transaction.set_rollback(True)
    assert ProcrastinateJob.objects.count() == 0
    with transaction.atomic():
        queue.defer("send_message", message=ID)
    assert ProcrastinateJob.objects.count() == 1
