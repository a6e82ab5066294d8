"""What an agency may do with an introduction: for a company outside the network, and on the person's word."""

from __future__ import annotations

import dataclasses
import functools
import typing

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import Introduction
from career_relay.flows import advance_introduction as flow
from career_relay.portals.agency.introductions import forms

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from django.utils.functional import _StrPromise

    from career_relay.domain.people.introductions import queries

State: typing.Final = Introduction.State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing to do: the rule that allows it, its words, what is asked, and the flow that does it.

    `target` says where an advance leads.
    """

    rule: str
    title: _StrPromise
    label: _StrPromise
    lead: _StrPromise
    done: _StrPromise
    run: collections.abc.Callable[..., object]
    form: type[forms.ActForm] = forms.ActForm
    target: str = ""
    is_grave: bool = False

    @property
    def asks(self) -> bool:
        """Whether something must be typed; an act that asks nothing is done by its button alone."""
        return bool(self.form is not forms.ActForm)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An act that is open now, and where it is done."""

    act: Act
    url: str


ACTS: typing.Final[dict[str, Act]] = {
    "choose": Act(
        rule="choose_time",
        title=gettext_lazy("面接の日時の決定"),
        label=gettext_lazy("面接の日時を決める"),
        lead=gettext_lazy("ご本人から聞いた日時を記録します。ご本人と会社の両方に知らせます。"),
        done=gettext_lazy("面接の日時を記録しました。"),
        form=forms.ChooseForm,
        run=flow.choose_time,
    ),
    "accept": Act(
        rule="accept_offer",
        title=gettext_lazy("内定の承諾の記録"),
        label=gettext_lazy("内定の承諾を記録"),
        lead=gettext_lazy("ご本人のことばとして記録します。成約となり、手数料と返戻金の条件が決まります。"),
        done=gettext_lazy("内定の承諾を記録しました。入社の予定は「成約」にあります。"),
        form=forms.AcceptForm,
        run=flow.accept_offer,
    ),
    "screening": Act(
        rule="advance",
        target=State.SCREENING,
        title=gettext_lazy("書類選考への進行"),
        label=gettext_lazy("書類選考へ進める"),
        lead=gettext_lazy("会社が書類選考を始めたことを記録します。"),
        done=gettext_lazy("書類選考に進めました。"),
        run=functools.partial(flow.advance, to=State.SCREENING),
    ),
    "interview": Act(
        rule="advance",
        target=State.INTERVIEW,
        title=gettext_lazy("面接への進行"),
        label=gettext_lazy("面接へ進める"),
        lead=gettext_lazy("会社が面接を望んでいることを記録し、面接へ進めます。"),
        done=gettext_lazy("面接に進めました。日時の候補を送ってください。"),
        run=functools.partial(flow.advance, to=State.INTERVIEW),
    ),
    "times": Act(
        rule="propose_times",
        title=gettext_lazy("面接の日時の提案"),
        label=gettext_lazy("面接の日時を提案"),
        lead=gettext_lazy("会社から聞いた候補を、ご本人に送ります。5 つまでです。"),
        done=gettext_lazy("面接の日時の候補を、ご本人に送信しました。"),
        form=forms.TimesForm,
        run=flow.propose_times,
    ),
    "next": Act(
        rule="advance",
        target=rules.NEXT_ROUND,
        title=gettext_lazy("次の面接への進行"),
        label=gettext_lazy("次の面接へ進める"),
        lead=gettext_lazy("この面接を通ったことを記録し、次の面接へ進めます。"),
        done=gettext_lazy("次の面接に進めました。日時の候補を送ってください。"),
        run=functools.partial(flow.advance, to=rules.NEXT_ROUND),
    ),
    "offer": Act(
        rule="offer",
        title=gettext_lazy("内定の記録"),
        label=gettext_lazy("内定を記録"),
        lead=gettext_lazy("会社から聞いた内定の条件を、ご本人に伝えます。"),
        done=gettext_lazy("内定を記録し、ご本人に知らせました。"),
        form=forms.OfferForm,
        run=flow.offer,
    ),
    "refuse": Act(
        rule="refuse",
        title=gettext_lazy("会社の見送りの記録"),
        label=gettext_lazy("会社の見送りを記録"),
        lead=gettext_lazy("ご本人には、理由を付けずに、今回は見送りになったと知らせます。元に戻せません。"),
        done=gettext_lazy("会社の見送りを記録し、ご本人に知らせました。"),
        form=forms.RefuseForm,
        run=flow.refuse,
        is_grave=True,
    ),
    "withdraw": Act(
        rule="withdraw",
        title=gettext_lazy("推薦の取り下げ"),
        label=gettext_lazy("推薦を取り下げる"),
        lead=gettext_lazy("会社は、ご本人の情報を見られなくなります。元に戻せません。"),
        done=gettext_lazy("推薦を取り下げました。"),
        form=forms.WithdrawForm,
        run=flow.withdraw,
        is_grave=True,
    ),
}


def choices(file: queries.File) -> list[Choice]:
    """Return what the agency may do now, the likeliest first: once a time is chosen, other times come late."""
    codes = [code for code in ACTS if _is_open(code, file)]
    has_time = file.interview is not None and file.interview.chosen is not None
    ordered = sorted(codes, key=lambda code: has_time and code == "times")
    return [choice(code, file.introduction.pk) for code in ordered]


def choice(code: str, introduction_id: uuid.UUID) -> Choice:
    """Return one act with its address."""
    return Choice(act=ACTS[code], url=reverse(f"agency:introduction_{code}", args=[introduction_id]))


def too_late() -> str:
    """Return what to say when an act is not open any more."""
    return _("いまの段階では、その操作はできません。この推薦のいまの段階を確かめてください。")


def _is_open(code: str, file: queries.File) -> bool:
    """Tell whether this may be done now; a time is chosen only where some are proposed and none is chosen yet."""
    act = ACTS[code]
    if code == "choose" and (file.interview is None or file.interview.chosen is not None):
        return False
    return act.rule in file.may and (not act.target or act.target in file.targets)
