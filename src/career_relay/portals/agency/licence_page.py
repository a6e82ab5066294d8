"""The licence page: where the agency stands with its licence in plain words, and all it submitted."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies import queries, rules
from career_relay.domain.ground.agencies.models import Licence

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.design.shapes import Tone

TONES: typing.Final[dict[str, Tone]] = {
    Licence.State.SUBMITTED: "info",
    Licence.State.CONFIRMED: "positive",
    Licence.State.REFUSED: "negative",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A licence in the list; one that has ended says so instead of having been confirmed."""

    licence: Licence
    tone: Tone
    state: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page's content. `may_submit` is false while a licence waits for the operator."""

    standing: rules.Standing
    tone: Tone
    title: str
    words: str
    lines: list[Line]
    may_submit: bool


def page(organization_id: uuid.UUID, today: dt.date) -> Page:
    """Return what the agency's manager sees about its licence."""
    standing = queries.standing(organization_id, today)
    licences = list(queries.licences(organization_id))
    waits = any(one.state == Licence.State.SUBMITTED for one in licences)
    tone, title, words = _holds(standing, licences[0]) if "licence" not in standing.missing else _lacks(licences, today)
    return Page(
        standing=standing,
        tone=tone,
        title=title,
        words=words,
        lines=[_line(one, today) for one in licences],
        may_submit=not waits,
    )


def _line(licence: Licence, today: dt.date) -> Line:
    if licence.state == Licence.State.CONFIRMED and licence.valid_until < today:
        return Line(licence, "neutral", _("期限切れ"))
    return Line(licence, TONES[licence.state], licence.get_state_display())


def _lacks(licences: list[Licence], today: dt.date) -> tuple[Tone, str, str]:
    """Say why no licence holds today; the operator's stop has its own notice on the agency's pages."""
    latest = licences[0] if licences else None
    if latest is None:
        words = _("ご登録者の個人情報を受け取る前に、許可を確認します。許可証を用意して、下の欄から提出してください。")
        return "info", _("許可証をまだ提出していません"), words
    if latest.state == Licence.State.SUBMITTED:
        words = _("結果はメールでお知らせします。その間に、ほかの登録を進められます。")
        return "info", _("運営が許可を確認しています"), words
    if latest.state == Licence.State.REFUSED:
        words = _("理由：%(reason)s 内容を直して、下の欄からもう一度提出してください。")
        return "negative", _("許可を確認できませんでした"), words % {"reason": latest.reason}
    if latest.valid_from > today:
        return "info", _("許可の確認が終わっています"), _("有効期間が始まる日から、受け付けができます。")
    words = _("新しい方は届かず、推薦もできません。更新した許可証を、下の欄から提出してください。")
    return "negative", _("許可の有効期間が終わっています"), words


def _holds(standing: rules.Standing, latest: Licence) -> tuple[Tone, str, str]:
    left = standing.days_left or 0
    if latest.state == Licence.State.REFUSED:
        words = _("理由：%(reason)s いまの許可は、あと %(n)d 日有効です。内容を直して、下の欄から提出してください。")
        return "caution", _("提出した許可を確認できませんでした"), words % {"reason": latest.reason, "n": left}
    if left > rules.STAGES[0]:
        return "positive", _("許可を確認済みです"), _("有効期間が終わる 90 日前から、メールでお知らせします。")
    title = _("許可の有効期間は、あと %(n)d 日です") % {"n": left}
    if latest.state == Licence.State.SUBMITTED:
        return "info", title, _("更新した許可は提出済みで、運営が確認しています。")
    words = _(
        "過ぎると受け付けは自動で止まり、担当中の方はほかの紹介会社に引き継がれます。更新した許可証を提出してください。"
    )
    return "caution", title, words
