"""How a run is shown: its kind in words, who started it, how long it will still take."""

from __future__ import annotations

import dataclasses
import math
import typing

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.capabilities.runs import queries
from career_relay.capabilities.runs.models import Run
from career_relay.design.shapes import Job
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from career_relay.design.shapes import Tone

KINDS: typing.Final = {
    "export_applications": gettext_lazy("応募者の一覧の CSV"),
    "export_book": gettext_lazy("管理簿のファイル"),
    "export_placements": gettext_lazy("成約の明細の CSV"),
    "export_statement": gettext_lazy("クレジット台帳の CSV"),
    "import_check": gettext_lazy("取り込む前の確認"),
    "import_commit": gettext_lazy("応募者の取り込み"),
    "import_undo": gettext_lazy("取り込みの取り消し"),
    "invite_members": gettext_lazy("メンバーの一括招待"),
}
TONES: typing.Final[dict[str, tuple[Tone, str]]] = {
    Run.State.ACCEPTED: ("neutral", "clock"),
    Run.State.RUNNING: ("info", "refresh"),
    Run.State.DONE: ("positive", "check-circle"),
    Run.State.PARTLY_FAILED: ("caution", "alert"),
    Run.State.FAILED: ("negative", "error"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One run in the list."""

    run: Run
    title: str
    started_by: str
    tone: Tone
    icon: str


def lines(runs: collections.abc.Sequence[Run]) -> list[Line]:
    """Return the runs as the list shows them, with the names of those who started them."""
    names = accounts.names_of(run.started_by_id for run in runs)
    return [Line(run, title(run), names.get(run.started_by_id, ""), *TONES[run.state]) for run in runs]


def job(run: Run, *, now: dt.datetime) -> Job:
    """Return the run as its own page shows it."""
    return Job(
        title=_("進み具合"),
        state=run.state,  # type: ignore[arg-type]  # the same five names
        done=run.done + run.failed,
        total=run.total,
        failed=run.failed,
        started_by=accounts.names_of([run.started_by_id]).get(run.started_by_id, ""),
        started_at=run.started_at,
        ended_at=run.finished_at,
        remaining=_remaining(queries.time_left(run, now=now)),
        error_file_url=reverse("account:run_failures", args=[run.pk]) if run.failed and run.finished_at else "",
    )


def failures_file_name(run: Run) -> str:
    """Return the name of the file of failures: what and when, in Japan."""
    return f"{run.kind}_failures_{(run.finished_at or run.accepted_at).astimezone(clock.TOKYO):%Y%m%d%H%M}.csv"


def title(run: Run) -> str:
    """Return what kind of work a run is, in words."""
    return str(KINDS.get(run.kind, run.kind))


def _remaining(left: dt.timedelta | None) -> str:
    if left is None:
        return ""
    seconds = math.ceil(left.total_seconds())
    if seconds < 60:
        return _("約 %(n)d 秒") % {"n": seconds}
    return _("約 %(n)d 分") % {"n": math.ceil(seconds / 60)}
