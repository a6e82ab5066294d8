"""What a person is introduced to: what waits for their answer, how the rest goes on, and the page of each."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.utils.translation import gettext as _

from career_relay.design.shapes import TimelineEvent
from career_relay.domain.ground.postings import rules as postings
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.introductions import queries, rules
from career_relay.domain.people.introductions.models import Introduction, Side
from career_relay.domain.people.placements import queries as placements
from career_relay.domain.people.placements.models import Placement
from career_relay.kernel import clock
from career_relay.portals.candidate import calendars, showing
from career_relay.portals.candidate import progress_words as words

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.design.shapes import Tone
    from career_relay.domain.people.introductions.models import Interview

State: typing.TypeAlias = Introduction.State
SOON: typing.Final = dt.timedelta(days=14)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One introduction on the person's page; `ask` is what the button to it says, `answer_by` empty without a deadline."""

    id: uuid.UUID
    title: str
    employer_name: str
    state: str
    standing: str
    ask: str
    answer_by: dt.datetime | None
    is_over: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The part of the person's page that is about introductions."""

    waiting: list[Row]
    going: list[Row]
    over: list[Row]
    hires: list[placements.OwnLine]
    today: dt.date

    @property
    def checks(self) -> list[placements.CheckLine]:
        """What the person may say about still being in post; nobody has to."""
        return [one for line in self.hires for one in _open_checks(line, self.today)]

    @property
    def next(self) -> str:
        """What comes next in words; empty while nothing is under way."""
        starting = [one for one in self.going if one.state == State.ACCEPTED]
        if self.waiting:
            return str(words.NEXT_WAITING[self.waiting[0].state])
        if starting:
            return str(words.NEXT_START)
        if any(one.state != State.JOINED for one in self.going):
            return str(words.NEXT_GOING)
        return str(words.NEXT_JOINED) if self.going else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever put before the person."""
        return not (self.waiting or self.going or self.over)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the employer offers."""

    salary: int | None
    start_on: dt.date | None
    note: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionPage:
    """Everything about one introduction that is the person's to know, and what they may do with it now."""

    file: queries.File
    shown: showing.Shown
    now: dt.datetime

    @property
    def id(self) -> uuid.UUID:
        return self.file.introduction.pk

    @property
    def title(self) -> str:
        return self.file.introduction.title

    @property
    def employer_name(self) -> str:
        return self.file.introduction.employer_name

    @property
    def agency_name(self) -> str:
        return self.file.line.agency_name

    @property
    def message(self) -> str:
        return self.file.introduction.message

    @property
    def fit_note(self) -> str:
        return self.file.introduction.fit_note

    @property
    def is_outside(self) -> bool:
        return self.file.introduction.is_outside

    @property
    def is_excluded(self) -> bool:
        return self.file.is_excluded

    @property
    def answer_by(self) -> dt.datetime:
        return self.file.introduction.answer_by

    @property
    def terms_hash(self) -> str:
        return self.file.introduction.terms_hash

    @property
    def terms(self) -> list[tuple[str, str]]:
        """The working conditions in words."""
        return postings.text_of(self.file.terms)

    @property
    def standing(self) -> str:
        """How it stands, in words to the person."""
        one = self.file.introduction
        if self.times:
            return str(words.TIMES_WAIT)
        return words.standing(one.state, one.round, one.end_side, is_outside=one.is_outside)

    @property
    def tone(self) -> Tone:
        return words.tone(self.file.introduction.state, is_over=rules.is_ended(self.file.introduction.state))

    @property
    def note(self) -> str:
        """What there is to add to how it stands."""
        return words.note(self.file.introduction.state, is_outside=self.is_outside)

    @property
    def history(self) -> list[TimelineEvent]:
        """What happened, newest first; why another side said no is not the person's to read."""
        return [TimelineEvent(title=self._happened(one), at=one.at, tone="info") for one in reversed(self.file.steps)]

    def _happened(self, one: queries.Move) -> str:
        return words.happened(one.state_before, one.state_after, one.side, is_outside=self.is_outside)

    @property
    def offer(self) -> Offer:
        one = self.file.introduction
        return Offer(salary=one.offer_salary, start_on=one.offer_start_on, note=one.offer_note)

    @property
    def starts_soon(self) -> bool:
        """Whether the offered start is so near that there is no time to lose."""
        start_on = self.offer.start_on
        return start_on is not None and start_on <= clock.day_in_japan(self.now) + SOON

    @property
    def interview(self) -> Interview | None:
        return self.file.interview

    @property
    def times(self) -> list[dt.datetime]:
        """The proposed times that are still to come, until one of them is chosen."""
        one = self.interview
        if one is None or one.chosen or "choose_time" not in self.file.may:
            return []
        return [at for at in one.times if at > self.now]

    @property
    def chosen(self) -> Interview | None:
        """The interview of the present round, once its time is chosen."""
        one = self.interview
        is_on = self.file.introduction.state == State.INTERVIEW
        return one if is_on and one is not None and one.chosen else None

    @property
    def calendar(self) -> calendars.Event | None:
        """The chosen interview as a calendar keeps it."""
        one = self.chosen
        if one is None or one.chosen is None or one.chosen_at is None:
            return None
        title = _("面接：%(employer)s") % {"employer": self.employer_name}
        return calendars.Event(key=one.pk, title=title, place=one.place, at=one.chosen, written_at=one.chosen_at)

    @property
    def is_shown(self) -> bool:
        """Whether the employer was told of the person, and it is not over."""
        return rules.is_seen(self.file.introduction.state)

    @property
    def is_to_be_told(self) -> bool:
        """Whether the agency has still to tell an employer outside the network."""
        return self.is_outside and self.file.introduction.state == State.INTRODUCED

    @property
    def is_agreed(self) -> bool:
        return self.file.introduction.state == State.ACCEPTED

    @property
    def may_answer(self) -> bool:
        return "answer_yes" in self.file.may and self.now < self.answer_by

    @property
    def answered(self) -> str:
        """Why it can't be answered now."""
        return words.answered(self.file.introduction.state, may_withdraw=self.may_withdraw)

    @property
    def withdrawn(self) -> str:
        """What is said right after the person stepped back."""
        return words.withdrawn(is_outside=self.is_outside)

    @property
    def may_choose(self) -> bool:
        return bool(self.times)

    @property
    def may_accept(self) -> bool:
        return "accept_offer" in self.file.may

    @property
    def offer_seen(self) -> str:
        """Which offer the page shows, so that no other one is taken."""
        return rules.offer_seen(self.file.introduction.offered_at)

    @property
    def may_withdraw(self) -> bool:
        return "withdraw" in self.file.may


def progress(candidate_id: uuid.UUID, now: dt.datetime) -> Progress:
    """Return what was put before the person, what waits for them first."""
    lines = queries.of_person(candidate_id, now=now)
    mine = [one for one in lines if _is_mine(one, now)]
    others = [one for one in lines if one not in mine]
    rows = [_row(one) for one in others]
    return Progress(
        waiting=[_row(one) for one in mine],
        going=[row for row in rows if not row.is_over],
        over=[row for row in rows if row.is_over],
        hires=placements.of_person(candidate_id),
        today=clock.day_in_japan(now),
    )


def page(candidate_id: uuid.UUID, introduction_id: uuid.UUID, now: dt.datetime) -> IntroductionPage | None:
    """Return one introduction of the person; None for anybody else's."""
    file = queries.for_person(candidate_id, introduction_id, now=now)
    if file is None:
        return None
    return IntroductionPage(file=file, shown=showing.registered(candidates.held(candidate_id)), now=now)


def check(candidate_id: uuid.UUID, check_id: uuid.UUID, now: dt.datetime) -> placements.CheckLine | None:
    """Return a check of the person that they may answer today; None for any other."""
    today = clock.day_in_japan(now)
    found = [one for line in placements.of_person(candidate_id) for one in _open_checks(line, today)]
    return next((one for one in found if one.check_id == check_id), None)


def _open_checks(line: placements.OwnLine, today: dt.date) -> list[placements.CheckLine]:
    """Return what the person has not answered yet, as long as they are known to be there."""
    if line.state != Placement.State.JOINED:
        return []
    return [one for one in line.open_checks(today) if one.person_left_on is None]


def _is_mine(line: queries.Line, now: dt.datetime) -> bool:
    is_late = line.state == State.PROPOSED and line.answer_by <= now
    return line.waits_for == Side.PERSON and not is_late


def _row(line: queries.Line) -> Row:
    has_times = line.waits_for == Side.PERSON and line.state == State.INTERVIEW
    return Row(
        id=line.introduction_id,
        title=line.title,
        employer_name=line.employer_name,
        state=line.state,
        standing=str(words.TIMES_WAIT)
        if has_times
        else words.standing(line.state, line.round, is_outside=line.is_outside),
        ask=str(words.ASKS.get(line.state, "")),
        answer_by=line.answer_by if line.state == State.PROPOSED else None,
        is_over=rules.is_ended(line.state),
    )
