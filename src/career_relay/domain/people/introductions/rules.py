"""Who may do what with an introduction at which point, and how long things take. Pure."""

from __future__ import annotations

import datetime as dt
import typing

from django.utils.translation import gettext_lazy as _

from career_relay.domain.people.introductions.models import ENDED, LONGEST_PLACE, MOST_TIMES, SEEN, Introduction, Side
from career_relay.kernel import clock
from career_relay.kernel.japanese import working_days

if typing.TYPE_CHECKING:
    import collections.abc

    from django.utils.functional import _StrPromise

Act: typing.TypeAlias = typing.Literal[
    "answer_yes",
    "answer_no",
    "advance",
    "refuse",
    "offer",
    "accept_offer",
    "withdraw",
    "propose_times",
    "choose_time",
    "lapse",
]
NEXT_ROUND: typing.Final = "next_round"
MOST_ROUNDS: typing.Final = 9
LATE_DAYS: typing.Final = 5
REMIND_DAYS: typing.Final = 2
BLOCK_YEARS: typing.Final = 2
HIGHEST_SALARY: typing.Final = 1_000_000_000

_STATE: typing.TypeAlias = Introduction.State
_TARGETS: typing.Final[dict[str, tuple[str, ...]]] = {
    _STATE.INTRODUCED: (_STATE.SCREENING, _STATE.INTERVIEW),
    _STATE.SCREENING: (_STATE.INTERVIEW,),
    _STATE.INTERVIEW: (NEXT_ROUND,),
}
_EMPLOYER: typing.Final[dict[str, frozenset[Act]]] = {
    _STATE.INTRODUCED: frozenset({"advance", "refuse"}),
    _STATE.SCREENING: frozenset({"advance", "refuse", "offer"}),
    _STATE.INTERVIEW: frozenset({"advance", "refuse", "offer", "propose_times"}),
    _STATE.OFFERED: frozenset({"refuse", "offer"}),
}
_PERSON: typing.Final[dict[str, frozenset[Act]]] = {
    _STATE.PROPOSED: frozenset({"answer_yes", "answer_no"}),
    _STATE.INTRODUCED: frozenset({"withdraw"}),
    _STATE.SCREENING: frozenset({"withdraw"}),
    _STATE.INTERVIEW: frozenset({"withdraw", "choose_time"}),
    _STATE.OFFERED: frozenset({"withdraw", "accept_offer"}),
    _STATE.ACCEPTED: frozenset({"withdraw"}),
}
_AGENCY: typing.Final[dict[str, frozenset[Act]]] = {
    _STATE.PROPOSED: frozenset({"withdraw"}),
    _STATE.INTRODUCED: frozenset({"withdraw"}),
    _STATE.SCREENING: frozenset({"withdraw"}),
    _STATE.INTERVIEW: frozenset({"withdraw", "choose_time"}),
    _STATE.OFFERED: frozenset({"withdraw", "accept_offer"}),
    _STATE.ACCEPTED: frozenset({"withdraw"}),
}
_SYSTEM: typing.Final[dict[str, frozenset[Act]]] = {_STATE.PROPOSED: frozenset({"lapse"})}
_BY_SIDE: typing.Final = {
    Side.PERSON: _PERSON,
    Side.AGENCY: _AGENCY,
    Side.EMPLOYER: _EMPLOYER,
    Side.SYSTEM: _SYSTEM,
}

REASONS: typing.Final[dict[str, dict[str, _StrPromise]]] = {
    Side.EMPLOYER: {
        "skills": _("求めるスキルと違った"),
        "experience": _("求める経験と違った"),
        "terms": _("条件が合わなかった"),
        "other_hired": _("ほかの方の採用が決まった"),
        "posting_closed": _("募集を終えた"),
        "other": _("そのほか"),
    },
    Side.PERSON: {
        "work": _("仕事の内容が希望と違う"),
        "place": _("勤務地が希望と違う"),
        "salary": _("給与が希望と違う"),
        "company": _("この会社は希望しない"),
        "timing": _("いまは時期が合わない"),
        "other_job": _("ほかの仕事が決まった"),
        "other": _("そのほか"),
    },
    Side.AGENCY: {
        "person_unreachable": _("ご本人と連絡が取れない"),
        "person_declined_orally": _("ご本人から口頭で辞退の連絡があった"),
        "posting_changed": _("求人の内容が変わった"),
        "other": _("そのほか"),
    },
    Side.SYSTEM: {
        "assignment_over": _("紹介会社の担当が終わった"),
        "call_over": _("企業からの依頼が終わった"),
        "withdrawn": _("同意の取り消し"),
        "erased": _("登録の消去"),
        "not_started": _("入社に至らなかった"),
    },
}


def allowed(state: str, side: str, is_outside: bool) -> frozenset[Act]:  # noqa: FBT001 -- one of the three axes
    """Return what a side may do now. For an employer outside the network the agency does what the employer would."""
    acts = _BY_SIDE[Side(side)].get(state, frozenset())
    if side == Side.AGENCY and is_outside:
        return acts | _EMPLOYER.get(state, frozenset())
    return frozenset() if side == Side.EMPLOYER and is_outside else acts


def targets(state: str) -> tuple[str, ...]:
    """Return where `advance` can lead: a state, or the next round of interviews."""
    return _TARGETS.get(state, ())


def advanced(state: str, round_: int, to: str) -> tuple[str, int] | None:
    """Return state and round after an advance; None when it can't lead there."""
    if to not in targets(state):
        return None
    if to == NEXT_ROUND:
        return (state, round_ + 1) if round_ < MOST_ROUNDS else None
    return to, 1 if to == _STATE.INTERVIEW else 0


def is_ended(state: str) -> bool:
    """Tell whether it came to nothing."""
    return state in ENDED


def is_seen(state: str) -> bool:
    """Tell whether the employer sees the person, as long as they consent."""
    return state in SEEN


def waits_for(state: str, *, is_outside: bool, has_open_times: bool, is_interview_ahead: bool = False) -> str:
    """Return whose turn it is: a side, or an empty string when it is over or all wait for the interview."""
    if is_ended(state) or state == _STATE.JOINED or is_interview_ahead:
        return ""
    if state in {_STATE.PROPOSED, _STATE.OFFERED} or (state == _STATE.INTERVIEW and has_open_times):
        return Side.PERSON.value
    return Side.AGENCY.value if is_outside else Side.EMPLOYER.value


def is_interview_ahead(state: str, chosen: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether the time that was chosen for the present round is still to come."""
    return state == _STATE.INTERVIEW and chosen is not None and chosen > now


def is_late(waits_for: str, changed_at: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether the one whose turn it is lets the others wait for more than a week of work."""
    if not waits_for:
        return False
    days = working_days.working_days_between(clock.day_in_japan(changed_at), clock.day_in_japan(now))
    return days > LATE_DAYS


def standing(state: str, round_: int) -> str:
    """Return how it stands, as a page sends it back: moved on meanwhile, it is another."""
    return f"{state}-{round_}"


def offer_seen(offered_at: dt.datetime | None) -> str:
    """Return which offer it is, as a page sends it back: mended meanwhile, it is another."""
    return offered_at.isoformat() if offered_at else ""


def state_name(state: str, round_: int) -> str:
    """Return the state's words, with the round where there was more than one."""
    label = str(_STATE(state).label)
    if state == _STATE.INTERVIEW and round_ > 1:
        return str(_("%(state)s（%(round)d 回目）") % {"state": label, "round": round_})
    return label


def reason_name(side: str, reason: str) -> str:
    """Return the words of a reason; empty where none was told. An agency gives an outside employer's reasons as well."""
    sides = (side, Side.EMPLOYER, Side.SYSTEM)
    return next((str(REASONS[one][reason]) for one in sides if reason in REASONS.get(one, {})), "")


def times_fault(times: collections.abc.Sequence[dt.datetime], place: str, now: dt.datetime) -> str:
    """Return the field that keeps these times from being proposed; empty when they can be."""
    if not 1 <= len(set(times)) == len(times) <= MOST_TIMES or min(times) <= now:
        return "times"
    return "place" if len(place) > LONGEST_PLACE else ""


def offer_fault(salary: int | None, start_on: dt.date, today: dt.date) -> str:
    """Return the field that keeps this offer from being made; empty when it can be."""
    if salary is None or not 0 < salary <= HIGHEST_SALARY:
        return "salary"
    return "start_on" if start_on < today else ""


def block_until(since: dt.date) -> dt.date:
    """Return the last day on which the agency that placed somebody proposes nothing to them."""
    moment = clock.months_later(clock.start_of_day_in_japan(since), 12 * BLOCK_YEARS)
    return clock.day_in_japan(moment) - dt.timedelta(days=1)


def is_told(side: str, by: str) -> bool:
    """Tell whether a side learns the reason that another gave: the agency all, each its own, the others none."""
    return side in {Side.AGENCY, by}
