"""A database that is away for longer than anything waits for it: afterwards all is back by itself, and soon."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import time
import typing
import uuid

import pytest

from tests.faults import programs
from tests.faults.people import Browser, Letterbox
from tests.tasks.worker_process import wait_for

if typing.TYPE_CHECKING:
    import collections.abc
    import pathlib

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]

OUTAGE_SECONDS = 32
BACK_SECONDS = 10


@pytest.fixture(scope="module")
def service() -> collections.abc.Iterator[programs.Service]:
    with programs.service() as running:
        yield running


def test_worker_and_web_server_that_stayed_go_on(service: programs.Service, tmp_path: pathlib.Path) -> None:
    with programs.program(service.urls["app"], tmp_path) as running:
        with outage(service):
            pass
        assert seconds_until_mail(running) < BACK_SECONDS


def test_worker_and_web_server_that_ended_are_started_again(service: programs.Service, tmp_path: pathlib.Path) -> None:
    began = time.monotonic()
    with programs.program(service.urls["app"], tmp_path) as running:
        start_seconds = time.monotonic() - began
        with outage(service):
            os.kill(running.worker(), signal.SIGKILL)
            os.kill(running.web_process(), signal.SIGKILL)
        assert seconds_until_mail(running) < BACK_SECONDS + start_seconds
        assert running.log.read_text().count("waiting for it") == 1


@contextlib.contextmanager
def outage(service: programs.Service) -> collections.abc.Iterator[None]:
    """Take the database away for the block and long after it, then bring it back."""
    service.kill()
    yield
    time.sleep(OUTAGE_SECONDS)
    service.start()


def seconds_until_mail(running: programs.Program) -> float:
    """Sign up as somebody would who reloads the page until it is there; return when the code had arrived."""
    began = time.monotonic()
    address = f"owner-{uuid.uuid4().hex}@takasaki.example"
    browser = Browser(running.url, "10.0.0.1")
    browser.open("/account/signup/")
    answer = browser.press("/account/signup/", name="髙﨑 美咲", email=address, password1=secrets.token_urlsafe(16))
    assert answer.location, answer.text
    letterbox = Letterbox(running.maildir)
    assert wait_for(lambda: bool(letterbox.codes(address)), seconds=60)
    return time.monotonic() - began
