"""The one state that a notice is in, from its own row, its mailing's and its message's."""

from __future__ import annotations

import typing

from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.notices.models import Mailing, Notice

if typing.TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    class Stated(typing.TypedDict):
        """What `with_state` adds to a notice."""

        state: str

    Notices: typing.TypeAlias = QuerySet[WithAnnotations[Notice, Stated]]

LEFT_OUT: typing.Final = "left_out"
UNPREPARED: typing.Final = "unprepared"
CHOSEN: typing.Final = "chosen"
# Details of a notice: what a person found out about a mail whose answer was lost, and why a waiting mail fell away.
ARRIVED: typing.Final = "arrived"
NOT_ARRIVED: typing.Final = "not_arrived"
CHANGED: typing.Final = "changed"
_STOPPED: typing.Final = Message.State.STOPPED.value


def with_state(notices: QuerySet[Notice]) -> Notices:
    """Return the notices with `state`: of a draft chosen or left out, later that of the mail."""
    return notices.annotate(
        state=Case(
            When(message__isnull=False, then=F("message__state")),
            When(left_out__gt="", then=Value(LEFT_OUT)),
            When(mailing__state=Mailing.State.PREPARING, then=Value(UNPREPARED)),
            When(mailing__state=Mailing.State.STOPPED, then=Value(_STOPPED)),
            default=Value(CHOSEN),
            output_field=CharField(),
        )
    )


def undecided() -> Q:
    """Return the condition of what a mail tells, or told, of which nobody has said yet whether it arrived."""
    is_lost = Q(notice__message__state=Message.State.UNCERTAIN, notice__detail="")
    return is_lost & (Q(is_open=False) | Q(application__told_at=None))


def name(state: str) -> str:
    """Return the words for a state."""
    own = {
        LEFT_OUT: pgettext("notice", "送信しません"),
        UNPREPARED: _("準備中"),
        CHOSEN: _("送信します"),
        Message.State.SUPPRESSED: _("送信できませんでした"),
    }
    return own[state] if state in own else str(Message.State(state).label)


def failure(state: str, detail: str = "") -> str:
    """Return in words why a mail did not reach its person, or is not known to have; empty for other states.

    `detail` is the reason of those whose mail was taken back because it was no longer true, and what a person found out.
    """
    if state == _STOPPED and detail == CHANGED:
        return _("送信の前に取りやめました（応募者や応募の情報が、文面と違うものに変わりました）。")
    if state == _STOPPED and detail in Notice.LeftOut.values and detail:
        return _("送信の前に取りやめました（%(reason)s）。") % {"reason": Notice.LeftOut(detail).label}
    if state == Message.State.UNCERTAIN and detail:
        return _("届いたことを確認しました。") if detail == ARRIVED else _("届いていないことを確認しました。")
    words = {
        Message.State.STOPPED: _("送信の前に停止しました。"),
        Message.State.FAILED: _("メールサーバーに拒否され、届いていません。アドレスを確認してください。"),
        Message.State.SUPPRESSED: _(
            "このアドレスには送信できませんでした。アドレスを確認して、もう一度連絡してください。"
        ),
        Message.State.UNCERTAIN: _(
            "届いたか確認できません。二重に届かないよう、自動では再送しません。本人に確認してください。"
        ),
    }
    return words.get(Message.State(state), "") if state in Message.State.values else ""
