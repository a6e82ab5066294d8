"""Where an application stands, from all that a row says about it: words first, days where there are no words."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.hiring.intake import cells, values
from career_relay.domain.hiring.intake.problems import Code
from career_relay.domain.hiring.intake.vocabulary import DATED_STAGES, Field, Outcome, Stage

if typing.TYPE_CHECKING:
    import datetime as dt

    Days = dict[Field, dt.date | None]

ENDED_BY: typing.Final = {
    Field.REJECTED_ON: Outcome.REJECTED,
    Field.WITHDREW_ON: Outcome.WITHDREW,
    Field.JOINED_ON: Outcome.HIRED,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Ended:
    """How far the application came, how it ended, and on which day that was decided where a file says so."""

    stage: Stage
    outcome: Outcome
    decided_at: dt.date | None


def decide(told: dict[Field, str], days: Days, answers: values.ValueMap, findings: cells.Findings) -> Ended:
    """Return where the application stands; unknown words and contradictions are errors, for a wrong ending mails a person."""
    outcome_word = _meaning(told, Field.OUTCOME, answers, findings)
    status_word = _meaning(told, Field.STATUS, answers, findings)
    stage_word = _meaning(told, Field.STAGE, answers, findings)
    said = [
        (field, word[1])
        for field, word in ((Field.OUTCOME, outcome_word), (Field.STATUS, status_word), (Field.STAGE, stage_word))
        if word[1] is not None
    ]
    _refuse_two_endings(said, told, findings)
    outcome = _outcome(said, days, findings)
    stage = stage_word[0] or status_word[0] or outcome_word[0] or _furthest(days)
    return Ended(stage, outcome, _decided_at(outcome, days))


def _meaning(told: dict[Field, str], field: Field, answers: values.ValueMap, findings: cells.Findings) -> values.Status:
    """Return what the word of one column means; nothing when the cell is blank or, with an error, unknown."""
    word = told.get(field)
    if word is None:
        return None, None
    meaning = _LOOK_UPS[field](word, answers)
    if meaning is None:
        findings.fail(_UNKNOWN[field], field, word)
        return None, None
    return meaning


def _refuse_two_endings(said: list[tuple[Field, Outcome]], told: dict[Field, str], findings: cells.Findings) -> None:
    """Refuse a row whose columns end the application in two ways; beside an ending, "in progress" is only out of date."""
    endings = [(field, outcome) for field, outcome in said if outcome != Outcome.IN_PROGRESS]
    for field, outcome in endings[1:]:
        if outcome != endings[0][1]:
            findings.fail(Code.OUTCOME_CONTRADICTS, field, told[endings[0][0]], told[field])


def _outcome(said: list[tuple[Field, Outcome]], days: Days, findings: cells.Findings) -> Outcome:
    """Return the ending that words tell, else the one that days tell."""
    endings = [outcome for _field, outcome in said if outcome != Outcome.IN_PROGRESS]
    dated = {field: day for field in ENDED_BY if (day := days.get(field)) is not None}
    if endings:
        _refuse_other_days(endings[0], dated, findings)
        return endings[0]
    outcome = _by_days(dated, findings)
    if outcome is not Outcome.IN_PROGRESS and any(field is Field.OUTCOME for field, _outcome in said):
        findings.fail(Code.OUTCOME_CONTRADICTS, None, str(Outcome.IN_PROGRESS.label), str(outcome.label))
    return outcome


def _refuse_other_days(ending: Outcome, dated: dict[Field, dt.date], findings: cells.Findings) -> None:
    """Refuse days that tell another ending than the word. A planned first day stays behind when a person withdraws."""
    for field in dated:
        is_planned_day = field == Field.JOINED_ON and ending in {Outcome.WITHDREW, Outcome.CLOSED}
        if ENDED_BY[field] != ending and not is_planned_day:
            findings.fail(Code.OUTCOME_CONTRADICTS, field, str(ending.label), str(field.label))


def _by_days(dated: dict[Field, dt.date], findings: cells.Findings) -> Outcome:
    """Return the ending that the days tell; a withdrawal before the first day goes before it."""
    left = dict(dated)
    withdrew_on, joined_on = left.get(Field.WITHDREW_ON), left.get(Field.JOINED_ON)
    if withdrew_on is not None and joined_on is not None and withdrew_on <= joined_on:
        del left[Field.JOINED_ON]
    if len(left) > 1:
        first, second = list(left)[:2]
        findings.fail(Code.OUTCOME_CONTRADICTS, None, str(first.label), str(second.label))
    return next((ENDED_BY[field] for field in left), Outcome.IN_PROGRESS)


def _furthest(days: Days) -> Stage:
    """Return the last stage that has a day; who has applied has at least applied."""
    dated = [stage for field, stage in DATED_STAGES.items() if days.get(field) is not None and stage != Stage.ON_HOLD]
    return max(dated, key=_ORDER.__getitem__, default=Stage.APPLIED)


def _decided_at(outcome: Outcome, days: Days) -> dt.date | None:
    """Return the day of the decision; the day of telling is another matter and never stands in for it."""
    if outcome == Outcome.REJECTED:
        return days.get(Field.DECIDED_AT) or days.get(Field.REJECTED_ON)
    if outcome == Outcome.WITHDREW:
        return days.get(Field.DECIDED_AT) or days.get(Field.WITHDREW_ON)
    return days.get(Field.DECIDED_AT)


_ORDER: typing.Final = {stage: at for at, stage in enumerate(Stage)}
_LOOK_UPS: typing.Final = {Field.STAGE: values.stage, Field.OUTCOME: values.outcome, Field.STATUS: values.status}
_UNKNOWN: typing.Final = {
    Field.STAGE: Code.STAGE_UNKNOWN,
    Field.OUTCOME: Code.OUTCOME_UNKNOWN,
    Field.STATUS: Code.STATUS_UNKNOWN,
}
