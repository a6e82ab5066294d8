from __future__ import annotations

import collections
import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from career_relay.capabilities.messaging.models import Message
from career_relay.capabilities.runs import sheets
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.domain.hiring.notices.queries import states
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid


PAGE_SIZE: typing.Final = 50
EVERYBODY: typing.Final = "all"
TO_SEND: typing.Final = "to_send"
_OPEN: typing.Final = (Message.State.QUEUED, Message.State.SENDING)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MailingLine:
    """A mailing in the list of mailings."""

    mailing_id: uuid.UUID
    created_at: dt.datetime
    created_by: str
    due_at: dt.datetime | None
    state: str
    template_name: str
    has_link: bool
    chosen: int
    left_out: int
    sent: int
    waiting: int

    @property
    def to_send(self) -> int:
        """How many people get a mail unless something happens."""
        return self.chosen - self.left_out

    @property
    def state_name(self) -> str:
        return str(Mailing.State(self.state).label)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why some people of a mailing get no mail, and how many."""

    code: str
    words: str
    count: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Where the people of a mailing stand. `states` has every state that occurs, left out included."""

    chosen: int
    to_send: int
    left_out: list[Reason]
    states: dict[str, int]
    is_over: bool
    is_stoppable: bool

    @property
    def prepared(self) -> int:
        """How many mails are written."""
        own = (states.LEFT_OUT, states.UNPREPARED, states.CHOSEN)
        return sum(count for state, count in self.states.items() if state not in own)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody of a mailing: to whom it went, what it told, and what became of it."""

    notice_id: uuid.UUID
    applicant_id: uuid.UUID
    name: str
    to_address: str
    postings: list[str]
    state: str
    left_out: str
    detail: str
    may_stop: bool
    may_take_out: bool
    may_resolve: bool
    finished_at: dt.datetime | None

    @property
    def state_name(self) -> str:
        return states.name(self.state)

    @property
    def reason(self) -> str:
        """Why there is no mail, or why it did not arrive; empty while all is well."""
        if not self.left_out:
            return states.failure(self.state, self.detail)
        words = str(Notice.LeftOut(self.left_out).label)
        return _("%(reason)s（%(detail)s）") % {"reason": words, "detail": self.detail} if self.detail else words


def mailing(organization_id: uuid.UUID, mailing_id: uuid.UUID) -> Mailing | None:
    """Return the employer's mailing with its words and the people who made and confirmed it, or None."""
    found = Mailing.objects.select_related(
        "organization", "template_version__template", "created_by", "confirmed_by", "stopped_by"
    )
    return found.filter(organization_id=organization_id, pk=mailing_id).first()


def holds(mailing: Mailing, notice_id: uuid.UUID) -> bool:
    """Tell whether a notice is one of this mailing."""
    return mailing.notices.filter(pk=notice_id).exists()


def preparing(organization_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the employer's confirmed mailings whose mails are not all written."""
    found = Mailing.objects.filter(organization_id=organization_id, state=Mailing.State.PREPARING)
    return list(found.order_by("pk").values_list("pk", flat=True))


def mailings(organization_id: uuid.UUID, page: int | str = 1) -> Page[MailingLine]:
    """Return one page of the employer's mailings, newest first."""
    found = Mailing.objects.filter(organization_id=organization_id).exclude(state=Mailing.State.DISCARDED)
    newest = found.select_related("template_version__template", "created_by").order_by("-created_at", "-pk")
    shown = Paginator(newest, PAGE_SIZE).get_page(page)
    numbers = _numbers([one.pk for one in shown])
    return typing.cast(
        "Page[MailingLine]",
        Page([_line(one, numbers[one.pk]) for one in shown], shown.number, shown.paginator),
    )


def counts(mailing: Mailing) -> Counts:
    """Return how many people of a mailing are in each state, and why the others are left out."""
    notices = states.with_state(mailing.notices.all()).order_by()
    grouped = list(notices.values_list("state", "left_out").annotate(Count("pk")))
    by_state: collections.Counter[str] = collections.Counter()
    by_reason: collections.Counter[str] = collections.Counter()
    for state, left_out, number in grouped:
        by_state[state] += number
        by_reason[left_out] += number
    chosen, to_send = by_state.total(), by_reason.pop("", 0)
    running = mailing.state in (Mailing.State.PREPARING, Mailing.State.WAITING)
    waiting = sum(by_state[state] for state in (*_OPEN, states.UNPREPARED))
    return Counts(
        chosen=chosen,
        to_send=to_send,
        left_out=[
            Reason(code=code, words=str(Notice.LeftOut(code).label), count=number)
            for code, number in by_reason.most_common()
        ],
        states=dict(by_state),
        is_over=mailing.state not in (Mailing.State.DRAFT, Mailing.State.DISCARDED) and not waiting,
        is_stoppable=running and bool(waiting),
    )


def undecided(mailing: Mailing) -> int:
    """Return how many people's mails nobody knows about yet: the answer was lost, and no person has said what became of it."""
    lost = Told.objects.filter(states.undecided(), notice__mailing=mailing)
    return lost.values("notice").distinct().count()


def people(mailing: Mailing, which: str = EVERYBODY, page: int | str = 1) -> Page[PersonLine]:
    """Return one page of a mailing's people by name: all, those to send to, those left out, or those of one state or reason."""
    found = _narrowed(states.with_state(mailing.notices.all()), which)
    ordered = found.select_related("applicant").order_by("applicant__kana", "applicant__name", "pk")
    shown = Paginator(ordered, PAGE_SIZE).get_page(page)
    return typing.cast(
        "Page[PersonLine]",
        Page(_people(mailing, list(shown)), shown.number, shown.paginator),
    )


def people_file(mailing: Mailing) -> bytes:
    """Return the exact list as a CSV file: to whom it went and when, who was stopped or left out, and why."""
    found = states.with_state(mailing.notices.all()).select_related("applicant")
    lines = _people(mailing, list(found.order_by("applicant__kana", "applicant__name", "pk")))
    header = [_("氏名"), _("メールアドレス"), _("求人"), _("状態"), _("日時"), _("理由"), _("リンク")]
    return sheets.sheet(header, [_row(line, has_link=mailing.has_link) for line in lines])


def _row(line: PersonLine, *, has_link: bool) -> list[str]:
    """Return a line of the file. What the mailing has is said, not what this person wished: that is theirs to tell."""
    finished = line.finished_at.astimezone(clock.TOKYO).strftime("%Y-%m-%d %H:%M") if line.finished_at else ""
    link = _("あり") if has_link and not line.left_out else _("なし")
    return [line.name, line.to_address, "、".join(line.postings), line.state_name, finished, line.reason, link]


def _narrowed(notices: states.Notices, which: str) -> states.Notices:
    if which == TO_SEND:
        return notices.filter(left_out="")
    if which in Notice.LeftOut.values and which:
        return notices.filter(left_out=which)
    return notices if which == EVERYBODY else notices.filter(state=which)


def _people(mailing: Mailing, notices: list[Notice]) -> list[PersonLine]:
    ids = [notice.pk for notice in notices]
    tells = Told.objects.filter(notice_id__in=ids).order_by("application__applied_at", "pk")
    postings: dict[uuid.UUID, list[str]] = collections.defaultdict(list)
    undecided: set[uuid.UUID] = set()
    values = tells.values_list("notice_id", "application__posting__title", "is_open", "application__told_at")
    for notice_id, title, is_open, told_at in values:
        postings[notice_id] += [title] if title else []
        if not is_open or told_at is None:
            undecided.add(notice_id)
    messages = Message.objects.only("to_address", "finished_at").in_bulk(
        [one.message_id for one in notices if one.message_id]
    )
    is_draft = mailing.state == Mailing.State.DRAFT
    return [
        _person(
            notice,
            postings[notice.pk],
            messages.get(notice.message_id) if notice.message_id else None,
            is_draft=is_draft,
            is_undecided=notice.pk in undecided,
        )
        for notice in notices
    ]


def _person(
    notice: Notice, postings: list[str], message: Message | None, *, is_draft: bool, is_undecided: bool
) -> PersonLine:
    state: str = typing.cast("typing.Any", notice).state
    return PersonLine(
        notice_id=notice.pk,
        applicant_id=notice.applicant_id,
        name=notice.applicant.name,
        to_address=message.to_address if message else notice.applicant.email,
        postings=list(dict.fromkeys(postings)),
        state=state,
        left_out=notice.left_out,
        detail=notice.detail,
        may_stop=state == Message.State.QUEUED,
        may_take_out=is_draft and not notice.left_out,
        may_resolve=state == Message.State.UNCERTAIN and not notice.detail and is_undecided,
        finished_at=message.finished_at if message else None,
    )


def _numbers(mailing_ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, int]]:
    notices = Notice.objects.filter(mailing_id__in=mailing_ids).order_by().values("mailing_id")
    counted = notices.annotate(
        chosen=Count("pk"),
        left_out=Count("pk", filter=~Q(left_out="")),
        sent=Count("pk", filter=Q(message__state=Message.State.SENT)),
        waiting=Count("pk", filter=Q(message__state__in=_OPEN)),
    )
    nothing = {"chosen": 0, "left_out": 0, "sent": 0, "waiting": 0}
    found = {row["mailing_id"]: {name: row[name] for name in nothing} for row in counted.values("mailing_id", *nothing)}
    return {one: found.get(one, nothing) for one in mailing_ids}


def _line(mailing: Mailing, numbers: collections.abc.Mapping[str, int]) -> MailingLine:
    version = mailing.template_version
    return MailingLine(
        mailing_id=mailing.pk,
        created_at=mailing.created_at,
        created_by=mailing.created_by.name,
        due_at=mailing.due_at,
        state=mailing.state,
        template_name=version.template.name if version else "",
        has_link=mailing.has_link,
        **numbers,
    )
