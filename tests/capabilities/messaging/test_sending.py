from __future__ import annotations

import datetime as dt
import email
import email.policy
import socket
import typing

import pytest

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.messaging import operations, queries, rules, unsubscribing
from career_relay.capabilities.messaging.models import Suppression
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import mail
from tests.capabilities.messaging import letters
from tests.capabilities.messaging.sink import DROP, FIRST_LINE, Sink
from tests.world import NOW

if typing.TYPE_CHECKING:
    import email.message

    import pytest_django.fixtures

pytestmark = pytest.mark.usefixtures("db")


def parsed(content: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def body(mail: email.message.EmailMessage, kind: typing.Literal["plain", "html"]) -> str:
    part = mail.get_body((kind,))
    assert isinstance(part, email.message.EmailMessage)
    return str(part.get_content())


def test_send_message_hands_the_mail_over_with_its_secrets(mail_server: Sink) -> None:
    message = letters.send(letters.queue())
    [(recipient, content)] = mail_server.mails
    sent = parsed(content)
    text, html = body(sent, "plain"), body(sent, "html")
    code = keys.code("test", letters.CHALLENGE)
    url = f"http://localhost:8000/open/{keys.token('test', letters.CHALLENGE, 1)}/"
    assert recipient == "hana@people.example"
    assert (sent["Subject"], sent["To"]) == ("花さんへのお知らせ", "hana@people.example")
    assert (sent["Message-ID"], sent["Auto-Submitted"]) == (message.message_id, "auto-generated")
    assert (text.count(code), html.count(code)) == (1, 1)
    assert (text.count(url), html.count(url)) == (1, 3)
    assert "{{secret" not in text + html
    assert (message.state, letters.tries(message)) == ("sent", [(1, "sent", 250, "")])
    assert message.finished_at is not None


@pytest.mark.parametrize(
    ("configured", "language", "sender"),
    [
        ("relay@example.jp", "ja", "キャリアリレー <relay@example.jp>"),
        ("relay@example.jp", "en", "Career Relay <relay@example.jp>"),
        ('"Minato, Inc." <relay@minato.example>', "en", '"Minato, Inc." <relay@minato.example>'),
    ],
)
def test_sender_has_the_configured_name_or_the_products_in_the_mails_language(
    mail_server: Sink, settings: pytest_django.fixtures.Settings, configured: str, language: str, sender: str
) -> None:
    settings.DEFAULT_FROM_EMAIL = configured
    letters.send(letters.queue(language=language))
    [(_, content)] = mail_server.mails
    assert parsed(content)["From"] == sender


def test_send_message_keeps_lines_of_a_single_dot(mail_server: Sink) -> None:
    letters.send(letters.queue(context={"name": "花\n.\n..\n"}))
    [(_, content)] = mail_server.mails
    text = body(parsed(content), "plain")
    assert "花\n.\n..\nさん" in text.replace("\r\n", "\n")


@pytest.mark.parametrize("server", [(), ("repeats",)])
@pytest.mark.parametrize(
    ("answers", "state", "attempt"),
    [
        ({"CONNECT": "554 go away"}, "queued", ("retry", None, "SMTPConnectError")),
        ({"CONNECT": DROP}, "queued", ("retry", None, "SMTPServerDisconnected")),
        ({"EHLO": DROP}, "queued", ("retry", None, "SMTPServerDisconnected")),
        ({"MAIL": "421 4.3.2 closing"}, "queued", ("retry", 421, "4.3.2")),
        ({"MAIL": "550 5.7.1 not you"}, "failed", ("refused", 550, "5.7.1")),
        ({"MAIL": DROP}, "queued", ("retry", None, "SMTPServerDisconnected")),
        ({"RCPT": "450 4.2.0 greylisted"}, "queued", ("retry", 450, "4.2.0")),
        ({"RCPT": "550 5.1.1 unknown"}, "failed", ("refused", 550, "5.1.1")),
        ({"RCPT": DROP}, "queued", ("retry", None, "SMTPServerDisconnected")),
        ({"DATA": "451 4.3.0 later"}, "queued", ("retry", 451, "4.3.0")),
        ({"DATA": "554 5.6.0 never"}, "failed", ("refused", 554, "5.6.0")),
        ({"DATA": DROP}, "queued", ("retry", None, "SMTPServerDisconnected")),
        ({"CONTENT": "452 4.2.2 full"}, "queued", ("retry", 452, "4.2.2")),
        ({"CONTENT": "552 5.3.4 too big"}, "failed", ("refused", 552, "5.3.4")),
        ({"QUIT": DROP}, "sent", ("sent", 250, "")),
    ],
)
def test_send_message_does_not_repeat_or_give_up_wrongly(
    mail_server: Sink,
    answers: dict[str, str],
    state: str,
    attempt: tuple[str, int | None, str],
    server: tuple[str, ...],
) -> None:
    mail_server.answers = answers
    message = letters.send(letters.queue(repeats_when_uncertain="repeats" in server))
    assert (message.state, letters.tries(message)) == (state, [(1, *attempt)])
    assert (message.finished_at is None) == (state == "queued")


@pytest.mark.parametrize(
    ("answers", "attempt"),
    [
        ({FIRST_LINE: DROP}, ("lost", None, "SMTPServerDisconnected")),
        ({"CONTENT": DROP}, ("lost", None, "SMTPServerDisconnected")),
        ({"CONTENT": "gibberish"}, ("lost", None, "")),
    ],
)
@pytest.mark.parametrize(("repeats", "state"), [(False, "uncertain"), (True, "queued")])
def test_send_message_after_the_last_byte_is_uncertain_unless_it_repeats(
    mail_server: Sink,
    answers: dict[str, str],
    attempt: tuple[str, int | None, str],
    repeats: bool,  # noqa: FBT001
    state: str,
) -> None:
    mail_server.answers = answers
    message = letters.send(letters.queue(repeats_when_uncertain=repeats))
    assert (message.state, letters.tries(message)) == (state, [(1, *attempt)])


def test_send_message_dropped_before_the_last_byte_is_tried_again(mail_server: Sink) -> None:
    mail_server.answers = {FIRST_LINE: DROP}
    message = letters.send(letters.queue(context={"name": "花" * 1_500_000}))
    assert (message.state, letters.tries(message)) == ("queued", [(1, "retry", None, "SMTPServerDisconnected")])
    assert mail_server.mails == []


@pytest.mark.parametrize(("step", "state"), [("CONNECT", "queued"), ("RCPT", "queued"), ("CONTENT", "uncertain")])
def test_send_message_waits_for_a_slow_server_only_so_long(
    mail_server: Sink, settings: pytest_django.fixtures.Settings, step: str, state: str
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.pauses = {step: 0.6}
    assert letters.send(letters.queue()).state == state


def test_send_message_when_nobody_listens_is_tried_again(settings: pytest_django.fixtures.Settings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
        message = letters.send(letters.queue())
    assert (message.state, letters.tries(message)) == ("queued", [(1, "retry", None, "ConnectionRefusedError")])


def test_send_message_queued_again_has_a_job_for_its_next_try(mail_server: Sink) -> None:
    mail_server.answers = {"RCPT": "450 greylisted"}
    before = clock.now()
    message = letters.send(letters.queue())
    first, second = letters.jobs(message)
    assert (first.scheduled_at, second.scheduled_at) == (None, message.due_at)
    assert before + dt.timedelta(minutes=1) <= message.due_at <= clock.now() + dt.timedelta(minutes=1)


def test_send_message_before_its_next_try_does_nothing(mail_server: Sink) -> None:
    mail_server.answers = {"RCPT": "450 greylisted"}
    message = letters.send(letters.queue())
    mail_server.answers = {}
    assert letters.send(message).attempts == 1
    assert mail_server.mails == []


def test_send_message_twice_sends_once(mail_server: Sink) -> None:
    message = letters.queue()
    letters.send(message)
    letters.send(message)
    assert len(mail_server.mails) == 1


def test_send_message_as_somebody_else_finds_nothing(mail_server: Sink) -> None:
    message = letters.queue()
    mail.send_message(message=str(message.pk), organization=str(letters.CHALLENGE))
    assert (letters.reread(message).state, mail_server.mails) == ("queued", [])


def test_send_message_before_it_is_due_leaves_it(mail_server: Sink) -> None:
    tomorrow = clock.now() + dt.timedelta(days=1)
    message = letters.send(letters.queue(due_at=tomorrow))
    assert (message.state, [job.scheduled_at for job in letters.jobs(message)]) == ("queued", [tomorrow])
    assert mail_server.mails == []


def test_bytes_of_a_repetition_are_the_same(mail_server: Sink, settings: pytest_django.fixtures.Settings) -> None:
    settings.DEMO = True
    message = letters.send(letters.queue())
    assert queries.raw(message).rstrip() == mail_server.mails[0][1].rstrip()


def test_content_is_seven_bits_and_folds_nothing_that_must_stay_whole(mail_server: Sink) -> None:
    message = letters.send(letters.queue(suppression_list="relay", context={"name": "髙﨑①㈱𠮷" * 10}))
    [(_, content)] = mail_server.mails
    url = unsubscribing.url("relay", "hana@people.example").encode()
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert content.count(b"\r\nList-Unsubscribe: <" + url + b">\r\n") == 1
    assert content.count(b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n") == 1
    assert parsed(content)["Subject"] == "髙﨑①㈱𠮷" * 10 + "さんへのお知らせ"
    assert message.state == "sent"


def test_address_that_does_not_exist_gets_no_more_list_mail_but_still_codes(mail_server: Sink) -> None:
    mail_server.answers = {"RCPT": "550 5.1.1 unknown"}
    letters.send(letters.queue(suppression_list="relay"))
    mail_server.answers = {}
    with_list = letters.send(letters.queue(to="HANA@people.example ".strip(), suppression_list="other"))
    without_list = letters.send(letters.queue())
    assert list(Suppression.objects.values_list("list", "reason")) == [("bounce", "bounce")]
    assert (with_list.state, without_list.state) == ("suppressed", "sent")
    assert letters.tries(with_list) == []
    assert len(mail_server.mails) == 1


def test_policy_refusal_says_nothing_about_the_address(mail_server: Sink) -> None:
    mail_server.answers = {"RCPT": "550 5.7.1 blocked"}
    letters.send(letters.queue(suppression_list="relay"))
    assert Suppression.objects.count() == 0


def test_stop_takes_a_mail_back(mail_server: Sink) -> None:
    message = letters.queue()
    with acting_as(organization=letters.OWNER):
        operations.stop(message_id=message.pk, now=NOW)
    assert letters.send(message).state == "stopped"
    assert mail_server.mails == []


def test_stop_comes_too_late_once_it_is_claimed(mail_server: Sink) -> None:
    message = letters.send(letters.queue())
    with acting_as(organization=letters.OWNER), pytest.raises(operations.UnableToStop):
        operations.stop(message_id=message.pk, now=NOW)
    assert letters.reread(message).state == "sent"


def test_result_after_the_claim_was_given_up_still_counts() -> None:
    message = letters.queue(now=NOW)
    later = NOW + dt.timedelta(minutes=3)
    with acting_as(organization=letters.OWNER):
        envelope = operations.claim(message_id=message.pk, now=NOW)
    assert envelope is not None
    assert operations.recover(now=later).requeued == 0
    assert letters.reread(message).state == "uncertain"
    with acting_as(organization=letters.OWNER):
        accepted = rules.Answer(rules.Outcome.SENT, 250)
        operations.settle(message_id=message.pk, attempt=1, answer=accepted, started_at=NOW, now=later)
    assert (letters.reread(message).state, letters.tries(message)) == ("sent", [(1, "sent", 250, "")])


def test_result_of_an_attempt_that_another_one_followed_is_dropped() -> None:
    message = letters.queue(repeats_when_uncertain=True, now=NOW)
    later = NOW + dt.timedelta(minutes=3)
    with acting_as(organization=letters.OWNER):
        operations.claim(message_id=message.pk, now=NOW)
    operations.recover(now=later)
    with acting_as(organization=letters.OWNER):
        operations.claim(message_id=message.pk, now=later)
        refused = rules.Answer(rules.Outcome.REFUSED, 550)
        state = operations.settle(message_id=message.pk, attempt=1, answer=refused, started_at=NOW, now=later)
    assert (state, letters.reread(message).state) == (None, "sending")


def test_settle_of_a_stopped_mail_changes_nothing() -> None:
    message = letters.queue(now=NOW)
    with acting_as(organization=letters.OWNER):
        operations.stop(message_id=message.pk, now=NOW)
        accepted = rules.Answer(rules.Outcome.SENT, 250)
        state = operations.settle(message_id=message.pk, attempt=0, answer=accepted, started_at=NOW, now=NOW)
    assert (state, letters.reread(message).state) == (None, "stopped")
