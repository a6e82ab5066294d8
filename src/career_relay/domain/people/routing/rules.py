"""Which agency a person is put before, and until when it may think about it. Pure."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import typing

from career_relay.domain.people.routing.models import OPEN, Assignment
from career_relay.kernel.japanese import working_days

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid


MOST_WISHES: typing.Final = 3

_STATE: typing.TypeAlias = Assignment.State
NEXT: typing.Final[dict[str, frozenset[str]]] = {
    _STATE.OFFERED: frozenset({_STATE.ACTIVE, _STATE.DECLINED, _STATE.LAPSED, _STATE.ENDED}),
    _STATE.ACTIVE: frozenset({_STATE.ENDED}),
    _STATE.DECLINED: frozenset(),
    _STATE.LAPSED: frozenset(),
    _STATE.ENDED: frozenset(),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """A person who waits, by wishes alone. What is empty limits nothing; `barred` are agencies not to be asked (again).

    Whoever `has_agency`, or one that thinks about it, has places left for further ones of their own choice.
    """

    candidate_id: uuid.UUID
    prefecture: str = ""
    occupations: frozenset[str] = frozenset()
    employment_type: str = ""
    chosen: tuple[uuid.UUID, ...] = ()
    barred: frozenset[uuid.UUID] = frozenset()
    places: int = 1
    has_agency: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """An agency that may receive people. What is empty limits nothing; `free` is how many more it can look after."""

    organization_id: uuid.UUID
    prefectures: frozenset[str] = frozenset()
    occupations: frozenset[str] = frozenset()
    employment_types: frozenset[str] = frozenset()
    free: int = 1
    last_offered_at: dt.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """One person put before one agency."""

    person: Wanting
    organization_id: uuid.UUID


def may_become(state: str, following: str) -> bool:
    """Tell whether an assignment in one state can reach the other in one step."""
    return following in NEXT[_STATE(state)]


def is_open(state: str) -> bool:
    """Tell whether the agency thinks about the person, or looks after them."""
    return state in OPEN


def serves(agency: Serving, person: Wanting) -> bool:
    """Tell whether area, occupation and kind of employment fit."""
    return (
        (not agency.prefectures or not person.prefecture or person.prefecture in agency.prefectures)
        and (not agency.occupations or not person.occupations or bool(agency.occupations & person.occupations))
        and (
            not agency.employment_types
            or not person.employment_type
            or person.employment_type in agency.employment_types
        )
    )


def allot(
    people: collections.abc.Iterable[Wanting], agencies: collections.abc.Iterable[Serving]
) -> collections.abc.Iterator[Proposal]:
    """Put each person before as many agencies as they have places for.

    Those the person chose come first, in the order of their liking and also where they do not serve such wishes: they
    are told that they were chosen. If none of them can, whoever serves the wishes and has waited longest for an offer is
    next; but no more than one agency knows a person by its turn alone. The agencies stand in a queue by turn, so that
    most people are served by looking at its head alone.
    """
    queue = collections.OrderedDict((agency.organization_id, agency) for agency in sorted(agencies, key=_turn))
    free = {organization_id: agency.free for organization_id, agency in queue.items()}
    for person in people:
        barred = set(person.barred)
        has_agency = person.has_agency
        for _place in range(person.places):
            organization_id = _next(person, queue, free, barred, chosen_alone=has_agency)
            if organization_id is None:
                break
            has_agency = True
            barred.add(organization_id)
            free[organization_id] -= 1
            queue.move_to_end(organization_id)
            yield Proposal(person, organization_id)


def answer_by(now: dt.datetime, days: int) -> dt.datetime:
    """Return the end of work on the day by which an agency says yes or no."""
    return working_days.end_of_work(now, days)


def contact_by(now: dt.datetime, days: int) -> dt.datetime:
    """Return the end of work on the day by which the agency has spoken with the person for the first time."""
    return working_days.end_of_work(now, days)


def late_at(contact_by: dt.datetime, days: int) -> dt.datetime:
    """Return when somebody who heard nothing until then is given to another agency."""
    return working_days.end_of_work(contact_by, days)


def _turn(agency: Serving) -> tuple[float, uuid.UUID]:
    return (agency.last_offered_at.timestamp() if agency.last_offered_at else float("-inf"), agency.organization_id)


def _next(
    person: Wanting,
    queue: dict[uuid.UUID, Serving],
    free: dict[uuid.UUID, int],
    barred: set[uuid.UUID],
    *,
    chosen_alone: bool,
) -> uuid.UUID | None:
    def has_place(organization_id: uuid.UUID) -> bool:
        return free.get(organization_id, 0) > 0 and organization_id not in barred

    chosen = next(filter(has_place, person.chosen), None)
    if chosen or chosen_alone:
        return chosen
    fitting = (one for one, agency in queue.items() if has_place(one) and serves(agency, person))
    return next(fitting, None)
