"""The days of stages that moves write: what was written today falls away again where a stage was not reached after all."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.applications.models import Correction, StageEvent
from career_relay.domain.hiring.intake.vocabulary import Stage
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.domain.hiring.applications.models import Application


class _Made(typing.NamedTuple):
    """What is kept of a correction that was made earlier."""

    field: str
    before: str
    after: str
    corrected_at: dt.datetime


def keep(
    *, application: Application, before: str, is_news: bool, now: dt.datetime
) -> dict[str, tuple[dt.date | None, dt.date | None]]:
    """Keep the days of stages in step with an application that is locked and no longer stands at `before`.

    Without news of today no day is written, only taken back: a correction tells what was right all along, not since when.
    Returns by stage the day before and after, of those that change.
    """
    events = StageEvent.objects.filter(organization_id=application.organization_id, application=application)
    known = dict(events.values_list("stage", "entered_on"))
    wanted = rules.days_of_move(_day_of_moves(application, before, known, now))
    gone = [stage for stage, day in wanted.items() if day is None]
    reached = {stage: day for stage, day in wanted.items() if day is not None and is_news}
    if gone:
        events.filter(stage__in=gone).delete()
    StageEvent.objects.bulk_create(
        [
            StageEvent(organization_id=application.organization_id, application=application, stage=one, entered_on=day)
            for one, day in reached.items()
        ]
    )
    return {stage: (known.get(stage), reached.get(stage)) for stage in (*gone, *reached)}


def _day_of_moves(
    application: Application, before: str, known: dict[str, dt.date], now: dt.datetime
) -> rules.DayOfMoves:
    today = clock.day_in_japan(now)
    made = _made(application)
    of_today = [one for one in made if clock.day_in_japan(one.corrected_at) == today]
    days = {rules.stage_of_day(one.field): one.after for one in of_today}
    written = [stage for stage, day in known.items() if day == today and days.get(stage) == today.isoformat()]
    moves = [(one.before, one.after) for one in of_today if one.field == "stage"]
    earlier = [one.before for one in made if one not in of_today and (one.field, one.after) == ("stage", Stage.ON_HOLD)]
    brought = {stage: day for stage, day in known.items() if stage not in written}
    return rules.DayOfMoves(
        today=today,
        known=known,
        written=written,
        moves=[*moves, (before, application.stage)],
        held_from=earlier[-1] if earlier else rules.latest_known(brought, today),
    )


def _made(application: Application) -> list[_Made]:
    own = Correction.objects.filter(organization_id=application.organization_id, application=application)
    rows = own.order_by("corrected_at", "pk").values_list("field", "before", "after", "corrected_at")
    return [_Made(*row) for row in rows]
