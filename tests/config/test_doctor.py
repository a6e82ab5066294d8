from __future__ import annotations

import io

import pytest
import pytest_django.fixtures
from django.core.management import CommandError, call_command
from django.db import connection

from career_relay.domain.ground.credits.models import Holder
from career_relay.kernel.tenancy.context import acting_as
from tests.conftest import Mailbox
from tests.domain.ground.credits import book
from tests.world import World


@pytest.fixture(autouse=True)
def _real_mail(settings: pytest_django.fixtures.Settings) -> None:
    """Speak SMTP: the test runner would keep mails in memory."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def diagnosis() -> str:
    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=said)
    return said.getvalue()


def test_doctor_names_what_is_wrong_and_what_to_do(db: None, smtp: Mailbox) -> None:
    said = diagnosis()
    assert "✓ Row level security, gate, append-only tables" in said
    assert "✓ Mail server" in said
    assert "✗ Key" in said
    assert "✗ Worker" in said
    assert "Start: career-relay worker" in said


def test_doctor_says_when_the_mail_server_is_silent(db: None) -> None:
    assert "✗ Mail server" in diagnosis()


def test_doctor_finds_a_counter_that_departs_from_the_postings(world: World, smtp: Mailbox) -> None:
    book.count(world.alpha.id, "r1")
    assert "✓ Ledger" in diagnosis()
    with acting_as(organization=world.alpha.id):
        Holder.objects.update(counted=2)
    assert f"Organization {world.alpha.id}, counted: 2 is kept, the postings say 1." in diagnosis()


def test_doctor_changes_nothing(db: None, smtp: Mailbox) -> None:
    with connection.execute_wrapper(refuse_writes):
        diagnosis()


def refuse_writes(execute: object, sql: str, *arguments: object) -> object:
    assert sql.lstrip().split()[0].upper() in {"SELECT", "WITH", "SHOW"}, sql
    assert callable(execute)
    return execute(sql, *arguments)
