"""What would come of each row, or why it can't come in; and how far the reading of a large file is."""

from __future__ import annotations

import dataclasses
import math
import typing

from django.core.paginator import Page as RowPage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.capabilities.runs import queries as runs
from career_relay.design.shapes import Job, NavItem
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.hiring.intake import queries
from career_relay.domain.hiring.intake.models import Batch, Row
from career_relay.domain.hiring.intake.vocabulary import Field
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import Promise

    from career_relay.capabilities.runs.models import Run
    from career_relay.design.shapes import Tone

WARNED: typing.Final = "warned"
NAMES: typing.Final = (Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME)
Outcome = Row.Outcome
State = Batch.State
_SIGNS: typing.Final[dict[str, tuple[Tone, str]]] = {
    Outcome.CREATED: ("positive", "plus"),
    Outcome.UPDATED: ("info", "edit"),
    Outcome.UNCHANGED: ("neutral", "check"),
    Outcome.DUPLICATE: ("caution", "copy"),
    Outcome.FAILED: ("negative", "alert"),
}
_EXPLAINED: typing.Final[dict[str, Promise]] = {
    Outcome.CREATED: gettext_lazy("新しい応募として加わる行です。"),
    Outcome.UPDATED: gettext_lazy(
        "登録済みの応募の、変わった項目だけを書き換える行です。手で直した項目は変わりません。"
    ),
    Outcome.UNCHANGED: gettext_lazy("登録済みの応募と同じ内容の行です。"),
    Outcome.DUPLICATE: gettext_lazy("同じ応募が、このファイルの前の行にもあります。あとの行は取り込みません。"),
    Outcome.FAILED: gettext_lazy(
        "このままでは取り込めない行です。ファイルをダウンロードして直し、直した行だけをもう一度取り込めます。"
    ),
    WARNED: gettext_lazy("取り込みますが、一部の値を直したか、取り込まなかった行です。"),
}
_FINISHING: typing.Final[dict[str, Promise]] = {
    State.CHECKING: gettext_lazy("結果をまとめています"),
    State.COMMITTING: gettext_lazy("書き込み中です"),
}
_WORKING: typing.Final[dict[str, Promise]] = {
    State.CHECKING: gettext_lazy("行を確かめています"),
    State.COMMITTING: gettext_lazy("取り込んでいます"),
    State.UNDOING: gettext_lazy("取り消しています"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the file, and what would come of it."""

    row: queries.RowView
    name: str
    tone: Tone
    icon: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The rows of one kind, and what stands around them."""

    tabs: list[NavItem]
    text: Promise
    lines: list[Line]
    rows: RowPage[queries.RowView]
    comes_in: int
    is_failed: bool


def page(batch: Batch, kind: str, number: int) -> Page:
    """Return the rows of one kind; without a wish, those that need a look first."""
    counts = _counts(batch)
    chosen = (
        kind if kind in counts else next((one for one in (Outcome.FAILED, *counts) if counts[one]), Outcome.CREATED)
    )
    rows = queries.warned_rows(batch, number) if chosen == WARNED else queries.rows(batch, chosen, number)
    places = queries.layout(batch).places
    return Page(
        tabs=[
            NavItem(label=_label(one), url=f"?rows={one}", count=count, current=one == chosen)
            for one, count in counts.items()
        ],
        text=_EXPLAINED[chosen],
        lines=[_line(row, dict(places)) for row in rows],
        is_failed=chosen == Outcome.FAILED,
        rows=rows,
        comes_in=batch.created + batch.updated,
    )


def is_working(batch: Batch) -> bool:
    """Tell whether something is being done with the file in the background."""
    return batch.state in _WORKING


def job(batch: Batch, now: dt.datetime) -> Job:
    """Return how far the work on a file is."""
    run = runs.run(batch.run_id) if batch.run_id else None
    if run is None:
        return Job(title=str(_WORKING[batch.state]), state="accepted")
    is_read = 0 < run.total <= run.done
    title = str(_FINISHING.get(batch.state, _WORKING[batch.state]) if is_read else _WORKING[batch.state])
    return Job(
        title=title,
        state=run.state,  # type: ignore[arg-type]  # the same five names
        done=run.done,
        total=run.total,
        started_by=accounts.names_of([run.started_by_id]).get(run.started_by_id, ""),
        started_at=run.started_at,
        remaining=_remaining(run, now),
    )


def trouble(batch: Batch) -> list[str]:
    """Return why the last work on a file broke off, if it did; the file then stands where it stood before."""
    if batch.run_id is None or is_working(batch):
        return []
    return [failure.cause for failure in runs.failures(batch.run_id)]


def file_name(now: dt.datetime) -> str:
    """Return the name of the file of rows that can't come in: what and when, in Japan."""
    return f"import_failed_{now.astimezone(clock.TOKYO):%Y%m%d%H%M}.csv"


def _counts(batch: Batch) -> dict[str, int]:
    return {
        Outcome.CREATED: batch.created,
        Outcome.UPDATED: batch.updated,
        Outcome.UNCHANGED: batch.unchanged,
        Outcome.DUPLICATE: batch.duplicates,
        Outcome.FAILED: batch.failed,
        WARNED: batch.warned,
    }


def _label(kind: str) -> str:
    return _("注意") if kind == WARNED else str(Outcome(kind).label)


def _line(row: queries.RowView, places: dict[Field, int]) -> Line:
    tone, icon = _SIGNS[row.outcome]
    name = " ".join(row.cells[places[field]] for field in NAMES if field in places).strip()
    return Line(row=row, name=name, tone=tone, icon=icon)


def _remaining(run: Run, now: dt.datetime) -> str:
    left = runs.time_left(run, now=now)
    return "" if not left else _("約 %(n)d 秒") % {"n": math.ceil(left.total_seconds())}
