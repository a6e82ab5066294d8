"""An export of an employer's ATS comes in: checked row by row, committed whole, and taken back whole for some days.

Each step is asked for by a member and done in the background. `request_…` takes the wish in; `check_import`,
`commit_import` and `undo_import` do it, and can be called again after a crash.
"""

from __future__ import annotations

import typing
import uuid

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from career_relay.capabilities import queue
from career_relay.capabilities.runs import operations as runs
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.applications.operations import imports
from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.intake import queries
from career_relay.domain.hiring.intake.models import Batch
from career_relay.domain.hiring.intake.operations.steps import Step
from career_relay.domain.hiring.notices import operations as notices
from career_relay.domain.hiring.notices.models import Notice, Told
from career_relay.domain.hiring.notices.operations import releasing, restoring
from career_relay.domain.hiring.notices.queries import standing
from career_relay.flows import notify_rejections
from career_relay.kernel import actors, locks
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from career_relay.capabilities.runs.models import Run

BATCH: typing.Final = "batch"
KINDS: typing.Final[dict[Step, str]] = {"check": "import_check", "commit": "import_commit", "undo": "import_undo"}
TASKS: typing.Final = frozenset({"check_import", "commit_import", "undo_import"})
TRIES: typing.Final = 3
_DURING: typing.Final = {
    KINDS["check"]: Batch.State.CHECKING,
    KINDS["commit"]: Batch.State.COMMITTING,
    KINDS["undo"]: Batch.State.UNDOING,
}


class UnableToGetThrough(DomainError):
    """Others wrote the same applications each time the step was tried."""

    code = "IMPORT_HELD_UP"
    permanent = False

    def __init__(self) -> None:
        super().__init__(
            _(
                "処理を終えられませんでした。同じ応募がほかの操作で使われ続けていたためです。何も変わっていません。"
                "しばらくしてから、もう一度お試しください。"
            )
        )


@transaction.atomic
def request_check(
    *, organization_id: uuid.UUID, batch_id: uuid.UUID, language: str, actor: actors.Actor, now: dt.datetime
) -> Run:
    """Take in the wish to see what would become of each row.

    Raises UnableToFindImport, UnableToChangeImport, UnableToCheckUnknownValues.
    """
    run = _begin("check", organization_id, batch_id, language, actor, now)
    queue.defer("check_import", run=run.pk, organization=organization_id)
    return run


@transaction.atomic
def request_commit(
    *, organization_id: uuid.UUID, batch_id: uuid.UUID, language: str, actor: actors.Actor, now: dt.datetime
) -> Run:
    """Take in the wish to make applications of the rows.

    Raises UnableToFindImport, UnableToChangeImport, UnableToImportMeanwhile.
    """
    run = _begin("commit", organization_id, batch_id, language, actor, now)
    queue.defer("commit_import", run=run.pk, organization=organization_id)
    return run


@transaction.atomic
def request_undo(
    *, organization_id: uuid.UUID, batch_id: uuid.UUID, language: str, actor: actors.Actor, now: dt.datetime
) -> Run:
    """Take in the wish to take an import back, unless something has been built on it: that is said at once.

    Raises UnableToFindImport, UnableToChangeImport, UnableToUndoLate, UnableToUndoImport, UnableToImportMeanwhile.
    """
    run = _begin("undo", organization_id, batch_id, language, actor, now)
    batch = intake.locked(organization_id=organization_id, batch_id=batch_id, states=(Batch.State.UNDOING,))
    imports.refuse_undo(batch=batch, in_notices=_in_notices(batch), now=now)
    queue.defer("undo_import", run=run.pk, organization=organization_id)
    return run


def check_import(*, run_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> Run | None:
    """Find what would become of each row; None if that was done before."""

    def work(batch: Batch, actor: actors.Actor) -> None:
        imports.check(
            organization_id=organization_id, batch_id=batch.pk, actor=actor, now=now, progress=_progress(run_id)
        )

    return _perform(run_id, organization_id, now, work)


def commit_import(*, run_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> Run | None:
    """Make applications of the rows, all in one transaction; None if that was done before."""

    def work(batch: Batch, actor: actors.Actor) -> None:
        imports.commit(
            organization_id=organization_id,
            batch_id=batch.pk,
            actor=actor,
            now=now,
            progress=_progress(run_id),
            review=lambda changed: _take_back_mails(organization_id, _people(changed), now),
        )

    return _perform(run_id, organization_id, now, work)


def undo_import(*, run_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> Run | None:
    """Take an import back, all in one transaction; None if that was done before."""

    def work(batch: Batch, actor: actors.Actor) -> None:
        with acting_as(organization=organization_id):
            imports.hold(organization_id=organization_id, batch_id=batch.pk)
            people = _people(imports.touched(batch=batch))
            tells = _may_have_told(batch)
            notices.forget_untold(organization_id=organization_id, application_ids=_noticed(batch))
            imports.undo(
                organization_id=organization_id,
                batch_id=batch.pk,
                in_notices=_in_notices(batch),
                actor=actor,
                now=now,
            )
            restoring.restore_told(organization_id=organization_id, tell_ids=tells)
            _take_back_mails(organization_id, people, now)

    return _perform(run_id, organization_id, now, work)


def break_off_import(
    *, run_id: uuid.UUID, organization_id: uuid.UUID, cause: str | Promise, now: dt.datetime
) -> Run | None:
    """Close a step that can't go on, and bring the import back to where the step can be tried again.

    Nothing of the step stands, so nothing of it counts as done. The cause is said in the language of whoever asked for
    the step. When the step had been done, and only closing its run was left, that is made up for. None if it was over
    already.
    """
    with acting_as(organization=organization_id):
        run = runs.start(run_id=run_id, now=now)
        if run is None:
            return None
        batch_id = uuid.UUID(run.parameters[BATCH])
        batch = intake.locked(organization_id=organization_id, batch_id=batch_id, states=Batch.State)
        if not _is_under_way(batch, run):
            return _close(run, now)
        intake.fall_back(organization_id=organization_id, batch_id=batch_id, run_id=run_id)
        runs.reach(run_id=run_id, done=0)
        with override(run.parameters["language"]):
            return runs.break_off(run_id=run_id, cause=str(cause), now=now)


def forget_imports(*, now: dt.datetime) -> int:
    """Delete the rows of imports that can't be taken back any more; return of how many imports.

    Each organization's own context is entered in turn.
    """
    expired = queries.expired(now)
    for one in expired:
        with acting_as(organization=one.organization_id):
            imports.forget(organization_id=one.organization_id, batch_id=one.batch_id, now=now)
    return len(expired)


def _begin(
    step: Step, organization_id: uuid.UUID, batch_id: uuid.UUID, language: str, actor: actors.Actor, now: dt.datetime
) -> Run:
    found = queries.batch(batch_id)
    run = runs.accept(
        organization_id=organization_id,
        kind=KINDS[step],
        parameters={BATCH: str(batch_id), "language": language},
        total=found.row_count if found is not None else 0,
        actor=actor,
        now=now,
    )
    intake.begin(organization_id=organization_id, batch_id=batch_id, step=step, run_id=run.pk, now=now)
    return run


def _perform(
    run_id: uuid.UUID,
    organization_id: uuid.UUID,
    now: dt.datetime,
    work: collections.abc.Callable[[Batch, actors.Actor], None],
) -> Run | None:
    """Do the work of a run unless a worker that died had just done it, and close the run."""
    with acting_as(organization=organization_id):
        run = runs.start(run_id=run_id, now=now)
        if run is None:
            return None
        batch = Batch.objects.get(organization_id=organization_id, pk=run.parameters[BATCH])
    if _is_under_way(batch, run):
        with override(run.parameters["language"]):
            _persistently(lambda: work(batch, actors.user(run.started_by_id)))
    with acting_as(organization=organization_id):
        return _close(run, now)


def _is_under_way(batch: Batch, run: Run) -> bool:
    """Tell whether the step of a run is still to be done.

    One that breaks off takes the import back and its run to an end at once. So of a run that is not over yet, the step
    was done when the import stands elsewhere, or with another run.
    """
    return batch.run_id == run.pk and batch.state == _DURING[run.kind]


def _close(run: Run, now: dt.datetime) -> Run | None:
    runs.reach(run_id=run.pk, done=run.total)
    return runs.finish(run_id=run.pk, now=now)


def _persistently(work: collections.abc.Callable[[], None]) -> None:
    """Do the work again when the database gave it up in favour of somebody who wrote the same rows meanwhile.

    Raises UnableToGetThrough.
    """
    lost: OperationalError | None = None
    for _try in range(TRIES):
        try:
            return work()
        except OperationalError as error:
            if not locks.gave_way(error):
                raise
            lost = error
    raise UnableToGetThrough from lost


def _progress(run_id: uuid.UUID) -> collections.abc.Callable[[int], None]:
    return lambda done: runs.reach(run_id=run_id, done=done)


def _people(applications: QuerySet[Application]) -> set[uuid.UUID]:
    return set(applications.values_list("applicant_id", flat=True))


def _take_back_mails(organization_id: uuid.UUID, people: set[uuid.UUID], now: dt.datetime) -> int:
    releasing.release_told(organization_id=organization_id)
    return notify_rejections.review_waiting(organization_id=organization_id, applicant_ids=people, now=now)


def _tells(batch: Batch) -> QuerySet[Told]:
    """Return what notices tell of the applications of an import: only this ring sees both rooms."""
    return Told.objects.filter(organization_id=batch.organization_id, application__in=imports.touched(batch=batch))


def _in_notices(batch: Batch) -> frozenset[uuid.UUID]:
    """Return the applications of an import of which a mail has told since, or is about to tell."""
    since = _tells(batch).filter(notice__mailing__confirmed_at__gte=batch.committed_at)
    told = since.exclude(pk__in=since.filter(standing.never_told()).values("pk"))
    return frozenset(told.values_list("application_id", flat=True))


def _may_have_told(batch: Batch) -> list[uuid.UUID]:
    """Return what mails tell, told or may have told of the applications of an import."""
    if batch.committed_at is None:
        return []
    touched = imports.touched(batch=batch).values_list("pk", flat=True)
    return restoring.may_have_told(
        organization_id=batch.organization_id, application_ids=touched, since=batch.committed_at
    )


def _noticed(batch: Batch) -> frozenset[uuid.UUID]:
    """Return the applications that an import added, of people for whom there are notices."""
    people = Notice.objects.filter(organization_id=batch.organization_id).values("applicant")
    added = Application.objects.filter(organization_id=batch.organization_id, batch=batch, applicant__in=people)
    return frozenset(added.values_list("pk", flat=True))
