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


def hand_over(envelope: Envelope) -> rules.Answer:
    """Offer a message to the mail server of the settings and return what came of it. Call it outside transactions."""
    server = EmailBackend()
    try:
        server.open()
        smtp = typing.cast("smtplib.SMTP", server.connection)
        answer = _offer(smtp, envelope) or _deliver(smtp, envelope)
    except OSError as error:
        answer = rules.broken_off(error, is_handed_over=False)
    finally:
        with contextlib.suppress(OSError):
            server.close()
    return answer


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
