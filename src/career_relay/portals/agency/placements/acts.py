"""What an agency may tell about a hire, each thing with its words, what is asked, and the flow that takes it in."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext_lazy

from career_relay.flows import check_retention
from career_relay.flows import record_placement as flow
from career_relay.portals.agency.placements import forms

if typing.TYPE_CHECKING:
    import collections.abc

    from django.utils.functional import _StrPromise

    from career_relay.design.shapes import Tone


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing to tell. `rule` is what allows it."""

    rule: str
    title: _StrPromise
    label: _StrPromise
    words: _StrPromise
    done: _StrPromise
    form: type[forms.TellForm]
    run: collections.abc.Callable[..., object]
    tone: Tone = "info"


ACTS: typing.Final[dict[str, Act]] = {
    "start": Act(
        rule="confirm_start",
        title=gettext_lazy("入社の確認"),
        label=gettext_lazy("入社を確認"),
        words=gettext_lazy(
            "手数料がこの日に決まり、在籍確認の予定が作られます。この方への転職の勧誘は、2 年間できません。"
        ),
        done=gettext_lazy("入社を記録しました。"),
        form=forms.StartForm,
        run=flow.confirm_start,
    ),
    "not_started": Act(
        rule="not_started",
        title=gettext_lazy("入社しなかったことの記録"),
        label=gettext_lazy("入社しなかったことを記録"),
        words=gettext_lazy("手数料は発生しません。無料紹介枠は会社に戻ります。元に戻せません。"),
        done=gettext_lazy("入社しなかったことを記録しました。"),
        form=forms.NotStartedForm,
        run=flow.not_started,
        tone="caution",
    ),
    "leaving": Act(
        rule="record_leaving",
        title=gettext_lazy("退職の記録"),
        label=gettext_lazy("退職を記録"),
        words=gettext_lazy("返戻金を返戻金の表から計算し、会社にも知らせます。元に戻せません。"),
        done=gettext_lazy("退職を記録しました。"),
        form=forms.LeavingForm,
        run=flow.record_leaving,
        tone="caution",
    ),
}
CHECK: typing.Final = Act(
    rule="check",
    title=gettext_lazy("在籍確認の答え"),
    label=gettext_lazy("在籍確認の答えを記録"),
    words=gettext_lazy("会社から聞いた答えを記録します。退職のときは、返戻金を返戻金の表から計算します。"),
    done=gettext_lazy("在籍確認の答えを記録しました。"),
    form=forms.CheckForm,
    run=check_retention.answer,
)
