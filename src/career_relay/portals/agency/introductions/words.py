"""Introductions in words: their stage, whom they wait for, what is to be known about it now."""

from __future__ import annotations

import dataclasses
import typing

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.tags import content
from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import ENDED, RUNNING, Introduction, Side

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.design.shapes import Tone
    from career_relay.domain.people.introductions import queries

State: typing.Final = Introduction.State
GOOD: typing.Final = (State.OFFERED, State.ACCEPTED, State.JOINED)
WAITS: typing.Final = {
    Side.PERSON.value: gettext_lazy("ご本人"),
    Side.EMPLOYER.value: gettext_lazy("会社"),
    Side.AGENCY.value: gettext_lazy("この紹介会社"),
}
TURNS: typing.Final = {
    Side.PERSON.value: gettext_lazy("ご本人の返事待ち"),
    Side.EMPLOYER.value: gettext_lazy("会社の返事待ち"),
    Side.AGENCY.value: gettext_lazy("会社の返事を記録"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What an introduction waits for, or how it ended."""

    title: str
    words: str
    tone: Tone = "info"


def stages(*, is_open: bool) -> list[tuple[str, typing.Any]]:
    """Return the stages an introduction may stand at, or the ways it may have ended."""
    return [(one.value, one.label) for one in State if (one in RUNNING) == is_open]


def tone(state: str) -> Tone:
    """Return the colour of a stage."""
    if state in GOOD:
        return "positive"
    return "neutral" if state in ENDED else "info"


def waits_for(line: queries.Line) -> str:
    """Return what it waits for: an interview to come, or whose turn it is; nothing when it is nobody's."""
    return interview(line.interview_at) if line.interview_at else str(WAITS.get(line.waits_for, ""))


def interview(at: dt.datetime) -> str:
    """Say when the interview is."""
    local = timezone.localtime(at)
    return _("面接の予定：%(at)s") % {"at": f"{local.month}/{local.day} {local:%H:%M}"}


def standing(line: queries.Line) -> str:
    """Return how an introduction stands, as a page sends it back: moved on meanwhile, it is another."""
    return rules.standing(line.state, line.round)


def turn(line: queries.Line) -> str:
    """Return what a card waits for; nothing once the person has joined."""
    if line.state == State.ACCEPTED:
        return _("入社待ち")
    if line.interview_at:
        return interview(line.interview_at)
    return str(TURNS.get(line.waits_for, ""))


def day(at: dt.datetime | None) -> str:
    """Write a moment's day as it stands in a sentence; a missing one as a dash."""
    return f"{timezone.localtime(at):%Y/%m/%d}" if at else "―"


def now(file: queries.File) -> Now | None:
    """Return what is to be known about an introduction now; None once the person has joined."""
    one = file.introduction
    if rules.is_ended(one.state):
        return _ended(file)
    if one.state == State.PROPOSED:
        words = _("期限は {at} です。「はい」の返事があるまで、会社には何も伝わりません。")
        by = format_html(words, at=content.moment(one.answer_by))
        return Now(title=_("ご本人の返事を待っています"), words=by)
    if one.state == State.ACCEPTED:
        return Now(
            title=_("入社を待っています"), words=_("入社したら、「成約」で入社を確認してください。"), tone="positive"
        )
    if file.line.interview_at:
        return Now(title=interview(file.line.interview_at), words=_("面接が終わるまで、だれの返事も待っていません。"))
    if one.state == State.INTRODUCED and one.is_outside:
        words = _("ネットワークの外の会社です。会社には、この紹介会社から伝えます。返事を聞いたら、ここに記録します。")
        return Now(title=_("会社に推薦を伝えて、返事を記録してください"), words=words, tone="caution")
    turns = {
        Side.PERSON.value: Now(
            title=_("ご本人の返事を待っています"),
            words=_("ご本人のページで答えられます。電話などで聞いた返事は、ここに記録できます。"),
        ),
        Side.EMPLOYER.value: Now(
            title=_("会社の返事を待っています"), words=_("会社が答えると、担当アドバイザーにメールで知らせます。")
        ),
        Side.AGENCY.value: Now(
            title=_("会社の返事を記録してください"),
            words=_("ネットワークの外の会社です。会社から聞いた返事を、この紹介会社が記録します。"),
            tone="caution",
        ),
    }
    return turns.get(file.line.waits_for)


def _ended(file: queries.File) -> Now:
    reason = file.end_reason_name
    words = _("理由：%(reason)s") % {"reason": reason} if reason else _("理由は伝えられていません。")
    return Now(title=file.line.state_name, words=words, tone="neutral")
