"""How an introduction stands and what happened to it, said to the person it is about."""

from __future__ import annotations

import typing

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.people.introductions.models import ENDED, Introduction, Side

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from career_relay.design.shapes import Tone

State: typing.TypeAlias = Introduction.State

TO_BE_TOLD: typing.Final = gettext_lazy("紹介会社がこれから会社に伝えます")
TIMES_WAIT: typing.Final = gettext_lazy("面接の日時の候補が届いています")
ASKS: typing.Final[dict[str, _StrPromise]] = {
    State.PROPOSED: gettext_lazy("内容を見て返事をする"),
    State.INTERVIEW: gettext_lazy("面接の日時を選ぶ"),
    State.OFFERED: gettext_lazy("内定の内容を見る"),
}
NEXT_WAITING: typing.Final[dict[str, _StrPromise]] = {
    State.PROPOSED: gettext_lazy("求人の案内が届いています。上から内容を見て、返事をしてください。"),
    State.INTERVIEW: gettext_lazy("面接の日時の候補が届いています。上から日時を選んでください。"),
    State.OFFERED: gettext_lazy("内定が出ています。上から内容を見て、返事をしてください。"),
}
NEXT_GOING: typing.Final = gettext_lazy("紹介が進んでいます。次に動きがあると、メールとこのページでお知らせします。")
NEXT_START: typing.Final = gettext_lazy("入社の日を待っています。分からないことは、紹介会社に聞けます。")
NEXT_JOINED: typing.Final = gettext_lazy("入社しました。困ったことがあれば、紹介会社に相談できます。")
_STANDING: typing.Final[dict[str, _StrPromise]] = {
    State.PROPOSED: gettext_lazy("求人の案内が届いています"),
    State.INTRODUCED: gettext_lazy("会社に紹介しました。会社の返事を待っています"),
    State.SCREENING: gettext_lazy("会社が書類を見ています"),
    State.INTERVIEW: gettext_lazy("面接の段階です"),
    State.OFFERED: gettext_lazy("内定が出ています"),
    State.ACCEPTED: gettext_lazy("内定を受けました。入社の日を待っています"),
    State.JOINED: gettext_lazy("入社しました"),
    State.DECLINED: gettext_lazy("あなたが「いいえ」と答えました"),
    State.LAPSED: gettext_lazy("返事の期限が過ぎて、終わりました"),
    State.REFUSED: gettext_lazy("今回は、お見送りになりました"),
    State.CLOSED: gettext_lazy("この紹介は終わりました"),
}
_WITHDRAWN: typing.Final[dict[str, _StrPromise]] = {
    Side.PERSON: gettext_lazy("あなたがやめました"),
    Side.AGENCY: gettext_lazy("紹介会社が取り下げました"),
    Side.EMPLOYER: gettext_lazy("会社が取り下げました"),
    Side.SYSTEM: gettext_lazy("紹介会社の担当が終わったため、終わりました"),
}
_NOTES: typing.Final[dict[str, _StrPromise]] = {
    State.DECLINED: gettext_lazy("会社には何も伝わっていません。ほかの案内は、これからも届きます。"),
    State.LAPSED: gettext_lazy("会社には何も伝わっていません。ほかの案内は、これからも届きます。"),
    State.REFUSED: gettext_lazy(
        "この会社は、あなたの情報をもう見られません。紹介会社の担当は続き、ほかの案内も届きます。"
    ),
    State.INTRODUCED: gettext_lazy("いま、あなたがすることはありません。会社の返事があると、メールでお知らせします。"),
    State.SCREENING: gettext_lazy("いま、あなたがすることはありません。結果が決まると、メールでお知らせします。"),
}
_HAPPENED: typing.Final[dict[str, _StrPromise]] = {
    State.PROPOSED: gettext_lazy("紹介会社から案内が届きました"),
    State.INTRODUCED: gettext_lazy("あなたが「はい」と答え、会社に紹介しました"),
    State.SCREENING: gettext_lazy("書類選考に進みました"),
    State.INTERVIEW: gettext_lazy("面接に進みました"),
    State.OFFERED: gettext_lazy("内定が出ました"),
    State.ACCEPTED: gettext_lazy("内定を受けました"),
}
_YES: typing.Final = gettext_lazy("あなたが「はい」と答えました")
_REFUSED_OUTSIDE: typing.Final = gettext_lazy("紹介会社の担当は続き、ほかの案内も届きます。")
_GOOD: typing.Final = (State.OFFERED, State.ACCEPTED, State.JOINED)


def standing(state: str, number: int, end_side: str = "", *, is_outside: bool = False) -> str:
    """Return how it stands; interviews after the first are counted. A list does not say who ended it.

    An employer outside the network is told by the agency, some time after the yes.
    """
    if is_outside and state == State.INTRODUCED:
        return str(TO_BE_TOLD)
    if state == State.WITHDRAWN:
        return str(_WITHDRAWN.get(end_side, _STANDING[State.CLOSED]))
    if state == State.INTERVIEW and number > 1:
        return _("%(n)d 回目の面接の段階です") % {"n": number}
    return str(_STANDING[state])


def note(state: str, *, is_outside: bool) -> str:
    """Return what there is to add to how it stands; mostly nothing. Nobody outside the network ever saw anything here."""
    if is_outside and state == State.REFUSED:
        return str(_REFUSED_OUTSIDE)
    return str(_NOTES.get(state, ""))


def answered(state: str, *, may_withdraw: bool) -> str:
    """Return why a proposal can't be answered now: it was, or its time is over."""
    if state in {State.PROPOSED, State.LAPSED}:
        return _("返事の期限が過ぎています。")
    if state == State.DECLINED:
        return _("「いいえ」と答え済みです。気持ちが変わったときは、紹介会社に伝えてください。")
    if state in ENDED:
        return _("この紹介は終わっています。")
    if may_withdraw:
        return _("「はい」と答え済みです。やめるときは、このページから手続きできます。")
    return _("「はい」と答え済みです。")


def withdrawn(*, is_outside: bool) -> str:
    """Return what stepping back means for what the employer knows."""
    if is_outside:
        return _("やめることを伝えました。紹介会社が、会社に伝えます。")
    return _("やめることを伝えました。ほかに同じ会社への紹介がなければ、この会社はあなたの情報をもう見られません。")


def happened(before: str, after: str, side: str, *, is_outside: bool) -> str:
    """Return one move in words."""
    if is_outside and after == State.INTRODUCED:
        return str(_YES)
    if before == after == State.INTERVIEW:
        return _("次の面接に進みました")
    if before == after == State.OFFERED:
        return _("内定の内容が変わりました")
    return str(_HAPPENED[after]) if after in _HAPPENED else standing(after, 0, side)


def tone(state: str, *, is_over: bool) -> Tone:
    """Return the colour of a stage: never one of alarm."""
    if state in _GOOD:
        return "positive"
    return "neutral" if is_over else "info"
