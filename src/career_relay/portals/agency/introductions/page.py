"""One introduction as the agency sees it: where it stands, what may be done, what was said and promised."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.design.shapes import TimelineEvent
from career_relay.design.tags import content
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.ground.postings import rules as postings
from career_relay.domain.people.introductions import queries
from career_relay.domain.people.placements import queries as placements
from career_relay.kernel import clock
from career_relay.portals.agency.introductions import acts, words

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.people.introductions.models import Interview, Introduction


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionPage:
    """The page's content. Without access to the person nothing on it says who they are."""

    file: queries.File
    standing: Standing
    tone: Tone
    now: words.Now | None
    choices: list[acts.Choice]
    terms: list[tuple[str, str]]
    history: list[TimelineEvent]
    placement_id: uuid.UUID | None

    @property
    def introduction(self) -> Introduction:
        return self.file.introduction

    @property
    def title(self) -> str:
        """What the page is called."""
        identity = self.file.identity
        return _("%(name)s さんの推薦") % {"name": identity.name} if identity else _("お名前のない推薦")

    @property
    def lead(self) -> str:
        """What stands below the title: which company, which posting."""
        one = self.introduction
        return _("%(employer)s「%(title)s」") % {"employer": one.employer_name, "title": one.title}

    @property
    def seen(self) -> str:
        """How it stands, as forms send it back."""
        return words.standing(self.file.line)

    @property
    def next(self) -> acts.Choice | None:
        """The likeliest thing to do; an end is never that."""
        return next((one for one in self.choices if not one.act.is_grave), None)

    @property
    def others(self) -> list[acts.Choice]:
        return [one for one in self.choices if one is not self.next]

    def choice(self, code: str) -> acts.Choice | None:
        """Return an act that is open now; None for any other."""
        return next((one for one in self.choices if one.act is acts.ACTS[code]), None)


def introduction_page(seat: Seat, introduction_id: uuid.UUID, now: dt.datetime) -> IntroductionPage | None:
    """Return one of the agency's introductions; None for anybody else's."""
    found = queries.introduction(seat.organization_id, introduction_id, now=now)
    if found is None:
        return None
    standing = agencies.standing(seat.organization_id, clock.day_in_japan(now))
    one = found.introduction
    may_write = seats.may(seat.role, "take_people") and standing.may_act
    return IntroductionPage(
        file=found,
        standing=standing,
        tone=words.tone(one.state),
        now=words.now(found),
        choices=acts.choices(found) if may_write else [],
        terms=postings.text_of(found.terms),
        history=_history(found),
        placement_id=placements.of_introduction(seat.organization_id, introduction_id),
    )


def _history(file: queries.File) -> list[TimelineEvent]:
    """Return what happened, the newest first: the moves, and the times that were proposed and chosen."""
    events = [(move.at, _event(move)) for move in file.steps]
    for one in file.interviews:
        events.append((one.proposed_at, _proposed(one)))
        if one.chosen_at:
            events.append((one.chosen_at, _chosen(one)))
    return [event for _at, event in sorted(events, key=lambda pair: pair[0], reverse=True)]


def _proposed(one: Interview) -> TimelineEvent:
    side = str(one.get_proposed_by_side_display())
    title = _("%(round)d 回目の面接の日時を提案（%(side)s）") % {"round": one.round, "side": side}
    return TimelineEvent(title=title, at=one.proposed_at, body=one.place, tone="info")


def _chosen(one: Interview) -> TimelineEvent:
    title = _("%(round)d 回目の面接の日時が決定") % {"round": one.round}
    return TimelineEvent(title=title, at=one.chosen_at, body=content.moment(one.chosen), tone="info")


def _event(move: queries.Move) -> TimelineEvent:
    """Return a move as the history shows it, the newest first: where to, by whom, and the reason where one was given."""
    title = _("%(stage)s（%(side)s）") % {"stage": move.state_name, "side": move.side_name}
    told = filter(None, [move.reason_name, move.note])
    return TimelineEvent(title=title, at=move.at, body=_("。").join(told), tone=words.tone(move.state_after))
