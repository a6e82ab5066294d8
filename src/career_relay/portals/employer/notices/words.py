"""How a mailing and its people are shown: tone, icon, what a state means, and what helps somebody who is left out."""

from __future__ import annotations

import typing

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from career_relay.domain.hiring.notices.models import Mailing, Notice

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from career_relay.design.shapes import Tone

State = Mailing.State
LeftOut = Notice.LeftOut
LANGUAGES: typing.Final = {"ja": _("日本語"), "en": _("英語")}
MAILINGS: typing.Final[dict[str, tuple[Tone, str]]] = {
    State.DRAFT: ("caution", "edit"),
    State.PREPARING: ("info", "refresh"),
    State.WAITING: ("info", "clock"),
    State.FINISHED: ("positive", "check-circle"),
    State.STOPPED: ("neutral", "stop"),
    State.DISCARDED: ("neutral", "close"),
}
PEOPLE: typing.Final[dict[str, tuple[Tone, str]]] = {
    "chosen": ("info", "check"),
    "unprepared": ("info", "refresh"),
    "queued": ("info", "clock"),
    "sending": ("info", "send"),
    "sent": ("positive", "check-circle"),
    "stopped": ("neutral", "stop"),
    "left_out": ("neutral", "close"),
    "uncertain": ("caution", "alert"),
    "failed": ("negative", "alert"),
    "suppressed": ("caution", "close"),
}
TABS: typing.Final[dict[str, _StrPromise]] = {
    "chosen": _("送信する"),
    "unprepared": _("準備中"),
    "queued": _("送信待ち"),
    "sending": _("送信中"),
    "sent": _("送信済み"),
    "stopped": pgettext_lazy("state", "停止"),
    "left_out": _("送らなかった"),
    "uncertain": _("送信未確認"),
    "failed": _("失敗"),
    "suppressed": _("送信できなかった"),
}
ALWAYS: typing.Final = ("queued", "sent", "stopped", "left_out", "uncertain", "failed")
MEANINGS: typing.Final[dict[str, _StrPromise]] = {
    "chosen": _("まだ送信が確定していない方です。"),
    "unprepared": _("メールを用意しています。用意ができた方から「送信待ち」に移ります。"),
    "queued": _("開始の日時から、順に送信します。送信が始まるまでは、1 名ずつでも全員でも止められます。"),
    "sending": _("いま送信しています。送信が始まった方は、止められません。"),
    "sent": _("メールサーバーが受け取った方です。応募には連絡日が入っています。"),
    "stopped": _("送信の前に止めた方です。応募は未通知のままなので、もう一度選んで連絡できます。"),
    "left_out": _("この送信では、はじめから送らないと決まった方です。理由がなくなれば、次の送信で連絡できます。"),
    "uncertain": _(
        "サーバーの返事が途切れ、届いたか分からない方です。二重に届かないよう、自動では送り直しません。"
        "ご本人に確認して、結果を記録してください。"
    ),
    "failed": _("届かなかった方です。アドレスを確認し、応募者の情報を直してから、もう一度選んで連絡してください。"),
    "suppressed": _(
        "送信の直前に、このアドレスには送れないと分かった方です。アドレスを確認してから、もう一度連絡してください。"
    ),
}
REMEDIES: typing.Final[dict[str, _StrPromise]] = {
    LeftOut.NO_ADDRESS: _("応募者のページでアドレスを入力してください。"),
    LeftOut.BAD_ADDRESS: _("応募者のページでアドレスを直してください。"),
    LeftOut.BOUNCED: _("ほかのアドレスを確認するか、電話や郵便で連絡してください。"),
    LeftOut.SAME_ADDRESS: _("同じ方なら、このままでかまいません。別の方なら、アドレスを確認してください。"),
    LeftOut.NOT_REJECTED: _("結果が不採用のときは、応募の値を直してください。"),
    LeftOut.OPEN_ELSEWHERE: _("すべての選考が終わってから連絡してください。"),
    LeftOut.WITHDREW: _("連絡は要りません。"),
    LeftOut.TOLD: _("連絡は要りません。"),
    LeftOut.ON_ITS_WAY: _("先に選んだ送信の結果を待ってください。"),
    LeftOut.MISSING_VALUE: _("応募の値を直すか、その項目を使わない文面を選んでください。"),
    LeftOut.TAKEN_OUT: _("連絡するときは、戻してください。"),
}
