"""How an agreement is shown: its state in plain words, its texts, its history, and what can be done next."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem, TimelineEvent
from career_relay.domain.ground.agreements import rules, wording
from career_relay.domain.ground.agreements.models import Agreement, AgreementAct
from career_relay.domain.ground.organizations.models import Organization

if typing.TYPE_CHECKING:
    from career_relay.design.shapes import Tone, Words
    from career_relay.domain.ground.agreements.models import AgreementVersion
    from career_relay.domain.ground.agreements.queries import Detail, Done, Line
    from career_relay.domain.ground.programmes.terms import Text

Act, State = AgreementAct.Act, Agreement.State
_SIGNS: typing.Final[dict[str, tuple[Tone, str]]] = {
    Act.PROPOSED: ("info", "send"),
    Act.AMENDED: ("info", "edit"),
    Act.ACCEPTED: ("positive", "check"),
    Act.DECLINED: ("neutral", "close"),
    Act.SUSPENDED: ("caution", "stop"),
    Act.RESUMED: ("positive", "refresh"),
    Act.ENDED: ("negative", "close"),
    Act.REVIEWED: ("neutral", "calendar"),
}
_STATES: typing.Final[dict[str, tuple[Tone, str]]] = {
    State.PROPOSED: ("caution", "clock"),
    State.LIVE: ("positive", "check-circle"),
    State.SUSPENDED: ("caution", "stop"),
    State.DECLINED: ("neutral", "close"),
    State.ENDED: ("neutral", "close"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An agreement in the list."""

    line: Line
    kind: str
    tone: Tone
    icon: str
    state: str
    step: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text as a page shows it."""

    number: int
    text: Text
    text_hash: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReasonPage:
    """A page that asks why before it stops something, and says what stopping means."""

    act: AgreementAct.Act
    title: Words
    meaning: Words
    button: Words
    done: Words


DECLINE: typing.Final = ReasonPage(
    act=Act.DECLINED,
    title=gettext_lazy("提案を断る"),
    meaning=gettext_lazy("相手へ理由を知らせます。有効な版があるときは、その版が有効なままです。"),
    button=gettext_lazy("断る"),
    done=gettext_lazy("提案を断り、相手へ知らせました。"),
)
SUSPEND: typing.Final = ReasonPage(
    act=Act.SUSPENDED,
    title=gettext_lazy("協定の停止"),
    meaning=gettext_lazy(
        "この協定にもとづく情報の提供と紹介が、すぐに止まります。再開できるのは、停止した側だけです。"
    ),
    button=gettext_lazy("協定を停止"),
    done=gettext_lazy("協定を停止し、相手へ知らせました。"),
)
END: typing.Final = ReasonPage(
    act=Act.ENDED,
    title=gettext_lazy("協定の終了"),
    meaning=gettext_lazy(
        "この協定にもとづく情報の提供と紹介が、すぐに終わります。元には戻せません。もう一度協力するときは、新しい協定を結びます。"
    ),
    button=gettext_lazy("協定を終了"),
    done=gettext_lazy("協定を終了し、相手へ知らせました。"),
)


TAKE_BACK: typing.Final = ReasonPage(
    act=Act.ENDED,
    title=gettext_lazy("提案の取り下げ"),
    meaning=gettext_lazy("相手は、この提案を承諾できなくなります。条件を変えて、もう一度提案できます。"),
    button=gettext_lazy("取り下げ"),
    done=gettext_lazy("提案を取り下げ、相手へ知らせました。"),
)


def ending(detail: Detail) -> ReasonPage:
    """Return the page that ends the agreement, or that takes back a proposal nobody has accepted."""
    return END if detail.line.agreement.version else TAKE_BACK


def moves_people(detail: Detail, page: ReasonPage, kind: str) -> bool:
    """Tell whether what the page asks about takes people from an agency: it may look after nobody without the operator."""
    is_stop = page.act in {Act.SUSPENDED, Act.ENDED} and bool(detail.line.agreement.version)
    return is_stop and rules.has_deadlines(kind, detail.line.partner.kind)


def row(line: Line) -> Row:
    """Return the agreement as the list shows it."""
    state = str(line.agreement.get_state_display())
    step = _("回答してください") if line.waits_for_us else _("相手の回答を待っています") if line.waits_for_them else ""
    kind = str(Organization.Kind(line.partner.kind).label)
    tone, icon = _STATES[line.agreement.state]
    return Row(line=line, kind=kind, tone=tone, icon=icon, state=state, step=step)


def written(version: AgreementVersion) -> Written:
    """Return a version's text in the reader's language."""
    return Written(number=version.number, text=read(version.text), text_hash=version.text_hash)


def read(text: dict[str, typing.Any]) -> Text:
    """Return a text in the reader's language."""
    return wording.read(text, get_language() or "ja")


def version_tabs(detail: Detail, chosen: int, address: str) -> list[NavItem]:
    """Return the ways to the texts that matter now: in force, and on the table; the latest if neither is."""
    words = {
        detail.line.agreement.version: _("有効な版（第 %(number)d 版）"),
        detail.line.agreement.offered: _("提案中の版（第 %(number)d 版）"),
    }
    if detail.in_force is None and detail.offered is None:
        words = {detail.latest.number: _("最後の版（第 %(number)d 版）")}
    return [
        NavItem(label=label % {"number": number}, url=f"{address}?version={number}", current=number == chosen)
        for number, label in words.items()
        if number
    ]


def shown(detail: Detail, asked: str) -> AgreementVersion:
    """Return the version that a page was asked for, or the one that matters most now."""
    usual = detail.offered or detail.in_force or detail.latest
    known = {str(version.number): version for version in (detail.in_force, detail.offered, detail.latest) if version}
    return known.get(asked, usual)


def history(detail: Detail) -> list[TimelineEvent]:
    """Return what both sides did, newest first."""
    return [_event(done, is_offer_only=not detail.line.agreement.version) for done in detail.history]


def _event(done: Done, *, is_offer_only: bool) -> TimelineEvent:
    tone, icon = _SIGNS[done.act.act]
    is_taken_back = is_offer_only and done.act.act == Act.ENDED
    title = _("%(organization)sの%(name)sさんが%(act)s（第 %(version)d 版）") % {
        "organization": done.by,
        "name": done.act.by_name,
        "act": _("取り下げました") if is_taken_back else done.act.get_act_display(),
        "version": done.act.version,
    }
    return TimelineEvent(title=title, at=done.act.at, body=done.act.reason, tone=tone, icon=icon)
