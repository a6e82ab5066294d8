"""How a mail of the log is shown: its state in words and colour, its text without what belongs to the receiver alone."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import typing

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from career_relay.capabilities.messaging import queries
from career_relay.capabilities.messaging.models import Message
from career_relay.design.shapes import Mail, NavItem

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.design.shapes import Tone

State = Message.State

TONES: typing.Final[dict[str, Tone]] = {
    State.DRAFT: "neutral",
    State.QUEUED: "info",
    State.SENDING: "info",
    State.SENT: "positive",
    State.UNCERTAIN: "caution",
    State.FAILED: "negative",
    State.STOPPED: "neutral",
    State.SUPPRESSED: "neutral",
}
KINDS: typing.Final = {
    "invitation": _("メンバーの招待"),
    "slot_granted": _("無料紹介枠のお知らせ"),
    "notice": _("お見送りのご連絡"),
    "untold_digest": _("未通知の方のお知らせ"),
    "stakeholders_review": _("関係者の見直し"),
    "licence_confirmed": _("許可の確認"),
    "licence_refused": _("許可の差し戻し"),
    "licence_ending": _("許可の期限のお知らせ"),
    "licence_ended": _("許可の期限切れ"),
    "agency_stopped": _("受け付けの停止"),
    "agency_resumed": _("受け付けの再開"),
    "agency_report": _("紹介会社についての知らせ"),
    "complaint_answered": _("苦情への回答"),
    "complaints_overdue": _("回答の期限を過ぎた苦情"),
    "people_waiting": _("新しい方のお知らせ"),
    "contact_overdue": _("初回連絡の遅れ"),
    "assignment_ended": _("担当の終了"),
    "call_waiting": _("紹介の依頼"),
    "call_closed": _("紹介の依頼の終了"),
    "request_accepted": _("紹介の依頼への回答"),
    "request_closed": _("紹介の依頼の終了"),
    "person_introduced": _("推薦のお知らせ"),
    "introduction_answered": _("ご本人の返事"),
    "introduction_moved": _("推薦の進み具合"),
    "introduction_withdrawn": _("推薦の辞退"),
    "time_chosen": _("面接の日時"),
    "offer_accepted": _("内定の承諾"),
    "placement_joined": _("入社の確認"),
    "placement_not_started": _("入社の取りやめ"),
    "placement_withdrawn": _("入社前の辞退"),
    "placement_left": _("退職のお知らせ"),
    "placement_left_said": _("退職のお知らせ（ご本人）"),
    "start_due": _("入社日の確認"),
    "retention_check": _("在籍確認"),
    "agreement_offered": _("連携協定の提案"),
    "agreement_changed": _("連携協定のお知らせ"),
    "agreement_review": _("連携協定の見直し"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One mail in the log."""

    message: Message
    kind: str
    tone: Tone
    state: str


def line(message: Message) -> Line:
    """Return the mail as the log lists it."""
    kind = str(KINDS.get(message.kind, message.kind))
    return Line(message, kind, TONES[message.state], message.get_state_display())


def tabs(counts: collections.abc.Mapping[str, int], chosen: str) -> list[NavItem]:
    """Return the ways to look at the log: everything, or one of the states that occur."""
    address = reverse("account:mails")
    found = [NavItem(label=_("すべて"), url=address, count=sum(counts.values()), current=not chosen)]
    for state in State:
        if counts.get(state) or state == chosen:
            url = f"{address}?state={state}"
            found.append(NavItem(label=state.label, url=url, count=counts.get(state, 0), current=state == chosen))
    return found


def letter(message: Message) -> Mail:
    """Return the mail as its receiver reads it, codes and links masked."""
    return Mail(
        subject=message.subject,
        sender=queries.sender(message),
        recipient=message.to_address,
        text=queries.readable_text(message),
        at=message.finished_at or message.created_at,
    )


def raw(message: Message) -> str:
    """Return the mail as it goes over the wire, its text part readable. The demo's people do not exist."""
    parsed = email.message_from_bytes(queries.raw(message), policy=email.policy.default)
    headers = "\n".join(f"{name}: {value}" for name, value in parsed.items())
    body = parsed.get_body(("plain",))
    return f"{headers}\n\n{body.get_content() if body else ''}"
