"""One message to one mail server, one step at a time: at each step we know what the server may have made of it."""

from __future__ import annotations

import contextlib
import re
import typing

from django.core.mail.backends.smtp import EmailBackend

from career_relay.capabilities.messaging import rules

if typing.TYPE_CHECKING:
    import collections.abc
    import smtplib

    from career_relay.capabilities.messaging.composing import Envelope

    Ask = collections.abc.Callable[[], tuple[int, bytes]]

_LINE_OF_A_DOT = re.compile(rb"^\.", re.MULTILINE)
_END = b".\r\n"


class Line:
    """A connection to the mail server of the settings, for one message after the other. Use it outside transactions.

    It is opened when it is needed, and again after the server was lost.
    """

    def __init__(self) -> None:
        self._server: EmailBackend | None = None

    def hand_over(self, envelope: Envelope) -> rules.Answer:
        """Offer a message and return what came of it.

        A server that hung up since the message before says nothing about this one: it is called once more.
        """
        was_open = self._server is not None
        answer = self._try(envelope)
        if was_open and answer.is_about_server and answer.outcome == rules.Outcome.RETRY:
            answer = self._try(envelope)
        return answer

    def close(self) -> None:
        """Hang up, if anybody is there."""
        if self._server is not None:
            with contextlib.suppress(OSError):
                self._server.close()
        self._server = None

    def _try(self, envelope: Envelope) -> rules.Answer:
        try:
            smtp = self._opened()
            answer = _offer(smtp, envelope) or _deliver(smtp, envelope)
        except OSError as error:
            answer = rules.broken_off(error, is_handed_over=False)
        if answer.is_about_server or answer.outcome == rules.Outcome.LOST:
            self.close()
        elif answer.outcome != rules.Outcome.SENT:
            self._begin_anew()
        return answer

    def _begin_anew(self) -> None:
        """Have the server forget a message it refused halfway."""
        try:
            self._opened().rset()
        except OSError:
            self.close()

    def _opened(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = EmailBackend()
            self._server.open()
        return typing.cast("smtplib.SMTP", self._server.connection)


def hand_over(envelope: Envelope) -> rules.Answer:
    """Offer one message to the mail server and return what came of it. Call it outside transactions."""
    line = Line()
    try:
        return line.hand_over(envelope)
    finally:
        line.close()


def _offer(smtp: smtplib.SMTP, envelope: Envelope) -> rules.Answer | None:
    """Say who writes to whom; return the server's refusal, if it refuses."""
    smtp.ehlo_or_helo_if_needed()
    steps: tuple[tuple[rules.Step, Ask, set[int]], ...] = (
        (rules.Step.SENDER, lambda: smtp.mail(envelope.sender), {250}),
        (rules.Step.RECIPIENT, lambda: smtp.rcpt(envelope.recipient), {250, 251}),
        (rules.Step.CONTENT, lambda: smtp.docmd("DATA"), {354}),
    )
    for step, ask, wanted in steps:
        code, words = ask()
        if code not in wanted:
            return rules.judge(step, code, words)
    return None


def _deliver(smtp: smtplib.SMTP, envelope: Envelope) -> rules.Answer:
    """Send the content. Until its last byte is out the server can't have accepted it; from then on only it knows."""
    smtp.send(_LINE_OF_A_DOT.sub(b"..", envelope.content).rstrip(b"\r\n") + b"\r\n" + _END)
    try:
        code, words = smtp.getreply()
    except OSError as error:
        return rules.broken_off(error, is_handed_over=True)
    return rules.judge(rules.Step.VERDICT, code, words)
