"""A mailing before its last word and after it: when it begins, how far it is, who is in which state, what can be stopped."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.core.paginator import Page
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.design.tags import content
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.notices import queries, rules
from career_relay.domain.hiring.notices.models import Mailing
from career_relay.kernel import clock
from career_relay.portals.employer.applications import addresses
from career_relay.portals.employer.notices import words as notice_words
from career_relay.portals.employer.notices.forms import USUAL, ConfirmForm

if typing.TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from career_relay.design.shapes import Tone

State = Mailing.State
SOON: typing.Final = dt.timedelta(minutes=10)
FIRST_LOOK: typing.Final = (
    "chosen",
    "uncertain",
    "failed",
    "queued",
    "unprepared",
    "sending",
    "sent",
    "stopped",
    "left_out",
)
BEFORE_THE_END: typing.Final = ("unprepared", "queued", "sending")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the mailing, with the state as a tag and what helps if they are left out."""

    line: queries.PersonLine
    tone: Tone
    icon: str
    remedy: _StrPromise | str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """The page's content. `undecided` are those of whom nobody said yet whether the mail arrived.

    `is_moving`: it changes while it is looked at.
    """

    mailing: Mailing
    counts: queries.Counts
    tone: Tone
    icon: str
    waiting: int
    undecided: int
    is_moving: bool
    which: str
    tabs: list[NavItem]
    meaning: _StrPromise | str
    people: Page[queries.PersonLine]
    rows: list[Person]

    @property
    def total(self) -> int:
        """How many mails there are to send: all but those that were stopped."""
        return self.counts.to_send - self.counts.states.get("stopped", 0)

    @property
    def done(self) -> int:
        """How many of them are over, one way or another."""
        return self.total - self.waiting

    @property
    def sent(self) -> int:
        return self.counts.states.get("sent", 0)

    @property
    def missed(self) -> int:
        """How many mails did not arrive."""
        return sum(self.counts.states.get(state, 0) for state in ("failed", "suppressed"))

    @property
    def missed_tab(self) -> str:
        """Where those stand whose mail did not arrive."""
        return "failed" if self.counts.states.get("failed") else "suppressed"

    @property
    def stoppable(self) -> int:
        """How many people can still be spared the mail."""
        return sum(self.counts.states.get(state, 0) for state in ("unprepared", "queued"))


def usual_start(now: dt.datetime) -> dt.datetime:
    """Return when a mailing begins that is confirmed now, if nobody wishes otherwise."""
    return rules.due(programmes.policy_at(DEFAULT_PROGRAMME_ID, now), now)


def confirm_form(posted: QueryDict | None, expected: int, now: dt.datetime, *, misfits: int) -> ConfirmForm:
    """Return the form that holds what the page shows: the number, the moment it begins, and whom the words do not suit."""
    usual = usual_start(now)
    words = _("%(at)s から") % {"at": strip_tags(content.moment(usual))}
    day = usual.astimezone(clock.TOKYO)
    initial = {"expected": expected, "shown": usual.isoformat(), "when": USUAL, "day": day.date(), "time": day.time()}
    return ConfirmForm(posted, initial=initial, usual=usual, words=words, misfits=misfits)


def shown_anew(form: ConfirmForm, expected: int, now: dt.datetime) -> ConfirmForm:
    """Return a refused form with the number and moment of now, so that the next press confirms what is read now."""
    form.data = {
        **{name: form.data[name] for name in form.data},
        "expected": str(expected),
        "shown": usual_start(now).isoformat(),
    }
    return form


def page(mailing: Mailing, query: QueryDict, now: dt.datetime) -> QueuePage:
    """Return how far a mailing is, and its people of one state."""
    counts = queries.counts(mailing)
    which = _which(query, counts)
    people = queries.people(mailing, which, addresses.page_number(query))
    tone, icon = notice_words.MAILINGS[mailing.state]
    return QueuePage(
        mailing=mailing,
        counts=counts,
        tone=tone,
        icon=icon,
        waiting=sum(counts.states.get(state, 0) for state in BEFORE_THE_END),
        undecided=queries.undecided(mailing) if counts.states.get("uncertain") else 0,
        is_moving=is_moving(mailing, now),
        which=which,
        tabs=_tabs(which, counts),
        meaning=notice_words.MEANINGS.get(which, ""),
        people=people,
        rows=[_person(line) for line in people],
    )


def is_moving(mailing: Mailing, now: dt.datetime) -> bool:
    """Tell whether it is worth looking again in seconds: mails are being written or sent, or will be soon."""
    if mailing.state == State.PREPARING:
        return True
    return mailing.state == State.WAITING and mailing.due_at is not None and mailing.due_at - now < SOON


def file_name(now: dt.datetime) -> str:
    """Return the name of the file of people: what and when, in Japan."""
    return f"notices_{now.astimezone(clock.TOKYO):%Y%m%d%H%M}.csv"


def _which(query: QueryDict, counts: queries.Counts) -> str:
    asked = query.get("people", "")
    if asked in notice_words.TABS:
        return asked
    return next((state for state in FIRST_LOOK if counts.states.get(state)), "left_out")


def _tabs(which: str, counts: queries.Counts) -> list[NavItem]:
    return [
        NavItem(label=label, url=f"?people={state}#people", count=counts.states.get(state, 0), current=state == which)
        for state, label in notice_words.TABS.items()
        if state in notice_words.ALWAYS or counts.states.get(state) or state == which
    ]


def _person(line: queries.PersonLine) -> Person:
    tone, icon = notice_words.PEOPLE[line.state]
    return Person(line=line, tone=tone, icon=icon, remedy=notice_words.REMEDIES.get(line.left_out, ""))
