from __future__ import annotations

import concurrent.futures
import datetime as dt
import functools
import os
import subprocess
import sys

import pytest
from django.db import connections, transaction

from career_relay.capabilities.limits import operations
from career_relay.capabilities.limits.models import Window
from tests.world import NOW

HOUR, SECOND = dt.timedelta(hours=1), dt.timedelta(seconds=1)
LIMIT = 3


def take(subject: str = "hana@people.example", *, action: str = "code", now: dt.datetime = NOW) -> int:
    """Try once; return 0 if that was allowed, else in how many seconds it will be."""
    try:
        operations.take(action=action, subject=subject, limit=LIMIT, per=HOUR, now=now)
    except operations.TooManyTries as error:
        return error.retry_after
    return 0


def test_take_allows_the_limit_and_no_more(db: None) -> None:
    assert [take() for _ in range(5)] == [0, 0, 0, 3600, 3600]


def test_take_opens_again_an_hour_after_the_first_try(db: None) -> None:
    moments = [NOW, NOW + 20 * SECOND, NOW + 40 * SECOND, NOW + HOUR - SECOND, NOW + HOUR]
    assert [take(now=moment) for moment in moments] == [0, 0, 0, 1, 0]


def test_refused_tries_do_not_make_the_wait_longer(db: None) -> None:
    for _ in range(10):
        take()
    assert take(now=NOW + HOUR) == 0


def test_take_counts_each_subject_action_and_window_apart(db: None) -> None:
    for _ in range(LIMIT + 1):
        take()
    assert (take("sora@people.example"), take(action="sign-in")) == (0, 0)
    operations.take(action="code", subject="hana@people.example", limit=LIMIT, per=2 * HOUR, now=NOW)


def test_give_back_uncounts_one_try_of_the_window(db: None) -> None:
    give_back = functools.partial(operations.give_back, subject="hana@people.example", per=HOUR)
    give_back(action="code", now=NOW)
    assert [take() for _ in range(LIMIT)] == [0, 0, 0]
    give_back(action="code", now=NOW)
    assert (take(), take()) == (0, 3600)
    give_back(action="sign-in", now=NOW)
    give_back(action="code", now=NOW + HOUR)
    assert Window.objects.using("limits").get().count == LIMIT + 1


def test_too_many_tries_says_when_to_come_back(db: None) -> None:
    for _ in range(LIMIT):
        take(now=NOW)
    with pytest.raises(operations.TooManyTries) as raised:
        operations.take(action="code", subject="hana@people.example", limit=LIMIT, per=HOUR, now=NOW + 61 * SECOND)
    error = raised.value
    assert (error.code, error.status, error.permanent, error.retry_after) == ("TOO_MANY_TRIES", 429, False, 3539)
    assert "約59分後" in str(error)


def test_take_keeps_no_subject(db: None) -> None:
    take()
    [key] = Window.objects.using("limits").values_list("key", flat=True)
    assert (len(key), b"hana" in bytes(key)) == (32, False)


def test_give_back_takes_one_try_out_of_the_count(db: None) -> None:
    for _ in range(LIMIT):
        take()
    operations.give_back(action="code", subject="hana@people.example", per=HOUR, now=NOW)
    assert [take(), take()] == [0, 3600]


def test_give_back_of_what_was_never_counted_gives_nothing(db: None) -> None:
    for _ in range(2):
        operations.give_back(action="code", subject="hana@people.example", per=HOUR, now=NOW)
    take()
    for _ in range(2):
        operations.give_back(action="code", subject="hana@people.example", per=HOUR, now=NOW)
    assert [take() for _ in range(4)] == [0, 0, 0, 3600]


def test_forget_ended_deletes_windows_that_are_over(db: None) -> None:
    take("early@people.example")
    take("late@people.example", now=NOW + SECOND)
    assert operations.forget_ended(now=NOW + HOUR) == 1
    assert Window.objects.using("limits").count() == 1


def test_rollback_does_not_undo_a_try(fresh_database: dict[str, str]) -> None:
    for _ in range(LIMIT):
        with transaction.atomic():
            take()
            transaction.set_rollback(True)
    assert take() == 3600


def test_processes_count_together(fresh_database: dict[str, str]) -> None:
    script = (
        "import django, datetime as dt; django.setup();"
        "from tests.capabilities.test_limits import take;"
        "print(sum(take() == 0 for _ in range(10)))"
    )
    environment = {"DATABASE_URL": fresh_database["app"]}
    with concurrent.futures.ThreadPoolExecutor() as pool:
        allowed = sum(pool.map(lambda _: int(_output(script, environment)), range(2)))
    assert allowed == LIMIT


def _output(script: str, environment: dict[str, str]) -> str:
    names = {
        **os.environ,
        **environment,
        "DJANGO_SETTINGS_MODULE": "career_relay.config.settings",
        "PYTHONPATH": "src:.",
    }
    return subprocess.run(
        [sys.executable, "-c", script], env=names, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_threads_count_together(fresh_database: dict[str, str]) -> None:
    def tries(_: int) -> int:
        try:
            return sum(take() == 0 for _ in range(20))
        finally:
            connections.close_all()

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(tries, range(4))) == LIMIT
