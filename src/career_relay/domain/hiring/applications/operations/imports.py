"""A file's rows become applications: looked at first, then written whole or not at all, and for some days taken back.

Reading a large file takes longer than writing it, and a person watches: `check` and `commit` read in short transactions
of their own, telling `progress` in each how many rows are read, and then do what they do in one.
"""

from __future__ import annotations

import contextlib
import typing

from django.db import InterfaceError, OperationalError
from django.db.models import DateTimeField, Exists, OuterRef, Q, UUIDField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.hiring.applications import sql, staging
from career_relay.domain.hiring.applications.holding import sql as holding
from career_relay.domain.hiring.applications.models import Application, Before, Correction
from career_relay.domain.hiring.applications.undoing import sql as undoing
from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.intake import queries
from career_relay.domain.hiring.intake import rules as intake_rules
from career_relay.domain.hiring.intake.models import Batch, Row
from career_relay.domain.hiring.intake.operations.steps import Counts
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.kernel import clock
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

    from career_relay.kernel import actors

    Progress = collections.abc.Callable[[int], None]
    Review = collections.abc.Callable[[QuerySet[Application]], int]

ROWS_AT_ONCE: typing.Final = 2_000
NAMES_TOLD: typing.Final = 3
_State = Batch.State
_UNDOABLE: typing.Final = (_State.COMMITTED, _State.UNDOING)


class UnableToUndoImport(DomainError):
    """Something has been built on applications of the import since."""

    code = "IMPORT_BUILT_UPON"

    def __init__(self, *, told: int, corrected: int, imported: int, names: collections.abc.Sequence[str]) -> None:
        reasons = [
            ngettext(
                "連絡した、または連絡の送信を決めた応募 %(n)d 件",
                "連絡した、または連絡の送信を決めた応募 %(n)d 件",
                told,
            )
            % {"n": told},
            ngettext("手で訂正した応募 %(n)d 件", "手で訂正した応募 %(n)d 件", corrected) % {"n": corrected},
            ngettext("あとの取り込みで変わった応募 %(n)d 件", "あとの取り込みで変わった応募 %(n)d 件", imported)
            % {"n": imported},
        ]
        given = [reason for reason, count in zip(reasons, (told, corrected, imported), strict=True) if count]
        message = _(
            "取り消せません。取り込みのあとに、次の応募が使われているためです：%(reasons)s。"
            "送信を待っている連絡は止める、あとの取り込みは先に取り消す、ほかは応募ごとに訂正してください。"
        )
        if names:
            message = _(
                "取り消せません。取り込みのあとに、次の応募が使われているためです：%(reasons)s（%(names)s など）。"
                "送信を待っている連絡は止める、あとの取り込みは先に取り消す、ほかは応募ごとに訂正してください。"
            )
        super().__init__(
            message % {"reasons": "、".join(given), "names": "、".join(names)},
            told=told,
            corrected=corrected,
            imported=imported,
        )


def _quietly(_done: int) -> None:
    """Tell nobody."""


def _unheeded(_changed: QuerySet[Application]) -> int:
    """Take back no mail."""
    return 0


def check(
    *,
    organization_id: uuid.UUID,
    batch_id: uuid.UUID,
    actor: actors.Actor,
    now: dt.datetime,
    progress: Progress = _quietly,
) -> Counts:
    """Find what would become of each row, and write it beside the row; no application changes.

    Raises UnableToFindImport, UnableToChangeImport.
    """
    states = (_State.MAPPED, _State.CHECKED, _State.CHECKING)
    with _staged(organization_id, batch_id, states, clock.day_in_japan(now), progress) as batch:
        work = _work(batch, now)
        work.match()
        work.compare()
        counts = Counts(*work.note())
        intake.conclude(batch=batch, step="check", counts=counts, now=now)
    return counts


def commit(
    *,
    organization_id: uuid.UUID,
    batch_id: uuid.UUID,
    actor: actors.Actor,
    now: dt.datetime,
    progress: Progress = _quietly,
    review: Review = _unheeded,
) -> Counts:
    """Make applications of the rows that can become some; the same file once more changes nothing.

    `review` is given what was added or changed, and returns how many waiting mails it took back because of it.
    Raises UnableToFindImport, UnableToChangeImport.
    """
    states = (_State.CHECKED, _State.COMMITTING)
    with _staged(organization_id, batch_id, states, clock.day_in_japan(now), progress) as batch:
        holding.hold_known(batch)
        work = _work(batch, now)
        work.match()
        named = [postings.Named(*(value or "" for value in posting)) for posting in work.postings()]
        postings.ensure(organization_id=organization_id, named=named, now=now)
        work.compare()
        counts = Counts(*work.note())
        work.write()
        taken_back = review(touched(batch=batch))
        intake.conclude(batch=batch, step="commit", counts=counts, now=now, mails_taken_back=taken_back)
        _record(batch, "import.committed", actor, now, counts)
    return counts


def hold(*, organization_id: uuid.UUID, batch_id: uuid.UUID) -> Batch:
    """Keep everybody from writing what a committed batch touched, so that what is found of it now stays so for `undo`.

    Raises UnableToFindImport, UnableToChangeImport.
    """
    batch = intake.locked(organization_id=organization_id, batch_id=batch_id, states=_UNDOABLE)
    holding.hold_touched(batch)
    return batch


def undo(
    *,
    organization_id: uuid.UUID,
    batch_id: uuid.UUID,
    in_notices: collections.abc.Collection[uuid.UUID],
    actor: actors.Actor,
    now: dt.datetime,
) -> Batch:
    """Take a committed import back: what it added goes, what it changed is as it was before.

    The caller holds it (`hold`) before it looks for the following, so that it stays true, and afterwards sees to it that
    whoever was told by mail meanwhile stays told.
    `in_notices` are those of its applications (see `touched`) that somebody has had told since, or is having told. A
    refusal names nobody, for it is kept with the run.
    Raises UnableToFindImport, UnableToChangeImport, UnableToUndoLate, UnableToUndoImport.
    """
    with acting_as(organization=organization_id):
        batch = intake.locked(organization_id=organization_id, batch_id=batch_id, states=_UNDOABLE)
        refuse_undo(batch=batch, in_notices=in_notices, now=now, names_told=0)
        undoing.take_back(batch)
        used = Application.objects.filter(organization_id=organization_id, posting__isnull=False).values("posting")
        made = JobPosting.objects.filter(organization_id=organization_id, created_at=batch.committed_at or now)
        unused = made.exclude(pk__in=used).values_list("pk", flat=True)
        postings.forget_unused(organization_id=organization_id, posting_ids=unused)
        intake.conclude(batch=batch, step="undo", counts=None, now=now)
        _record(batch, "import.undone", actor, now)
    return batch


def touched(*, batch: Batch) -> QuerySet[Application]:
    """Return the applications that a batch added or changed."""
    own = Application.objects.filter(organization_id=batch.organization_id)
    return own.filter(batch=batch) | own.filter(pk__in=_before(batch).values("application"))


def brought(*, batch: Batch) -> QuerySet[Application]:
    """Return the applications whose decision a batch brought: those it added, and those that were no rejection before."""
    changed = _before(batch).exclude(application_row__outcome=Outcome.REJECTED.value).values("application")
    own = Application.objects.filter(organization_id=batch.organization_id)
    return own.filter(batch=batch) | own.filter(pk__in=changed)


def refuse_undo(
    *,
    batch: Batch,
    in_notices: collections.abc.Collection[uuid.UUID],
    now: dt.datetime,
    names_told: int = NAMES_TOLD,
) -> None:
    """Refuse to take a batch back when that would undo what people, or a later file, have done since.

    Raises UnableToUndoLate, UnableToUndoImport.
    """
    if not intake_rules.may_undo(batch, now):
        raise intake.errors.UnableToUndoLate
    told = brought(batch=batch).filter(pk__in=list(in_notices))
    corrected, imported = _corrected_since(batch), _imported_since(batch)
    counts = told.count(), corrected.count(), imported.count()
    if any(counts):
        blocked = (told | corrected | imported).select_related("applicant").order_by("applicant__kana", "pk")
        names = [application.applicant.name for application in blocked[:names_told]]
        raise UnableToUndoImport(told=counts[0], corrected=counts[1], imported=counts[2], names=names)


def forget(*, organization_id: uuid.UUID, batch_id: uuid.UUID, now: dt.datetime) -> None:
    """Delete what is kept for taking an import back, and its rows, when the days for that are over.

    Raises UnableToFindImport.
    """
    batch = intake.locked(organization_id=organization_id, batch_id=batch_id, states=_State)
    if not intake_rules.are_rows_needed(batch, now):
        _before(batch).delete()
        intake.forget_rows(organization_id=organization_id, batch_id=batch_id, now=now)


@contextlib.contextmanager
def _staged(
    organization_id: uuid.UUID,
    batch_id: uuid.UUID,
    states: collections.abc.Container[str],
    today: dt.date,
    progress: Progress,
) -> collections.abc.Iterator[Batch]:
    """Bring in the rows of a batch, and lock it for what is done with them. However that ends, they don't stay behind."""
    try:
        _read(organization_id, batch_id, states, today, progress)
        with acting_as(organization=organization_id):
            yield intake.locked(organization_id=organization_id, batch_id=batch_id, states=states)
    finally:
        with contextlib.suppress(InterfaceError, OperationalError):  # a connection that is gone took them along
            sql.clear()


def _read(
    organization_id: uuid.UUID,
    batch_id: uuid.UUID,
    states: collections.abc.Container[str],
    today: dt.date,
    progress: Progress,
) -> None:
    """Bring the rows of a batch into the staging table, some at a time."""
    with acting_as(organization=organization_id):
        batch = intake.locked(organization_id=organization_id, batch_id=batch_id, states=states)
        stager = staging.Stager(queries.layout(batch), _source_id(batch), today=today)
        sql.prepare()
    done, last_line = 0, 0
    while done < batch.row_count:
        with acting_as(organization=organization_id):
            rows = Row.objects.filter(organization_id=organization_id, batch=batch, line__gt=last_line)
            found = list(rows.order_by("line").values_list("line", "cells", "problems")[:ROWS_AT_ONCE])
            sql.stage(stager.line(*row) for row in found)
            done, last_line = done + len(found), found[-1][0]
            progress(done)
    sql.count()


def _work(batch: Batch, now: dt.datetime) -> sql.Import:
    blank_clears = batch.source is not None and batch.source.blank_clears
    return sql.Import(batch, clearing=staging.clearing(queries.layout(batch), blank_clears=blank_clears), now=now)


def _source_id(batch: Batch) -> uuid.UUID:
    if batch.source_id is None:
        raise intake.errors.UnableToChangeImport(batch)
    return batch.source_id


def _before(batch: Batch) -> QuerySet[Before]:
    return Before.objects.filter(organization_id=batch.organization_id, batch=batch)


def _people(rows: QuerySet[Before]) -> QuerySet[typing.Any, typing.Any]:
    return rows.annotate(person=Cast(KT("applicant_row__id"), UUIDField())).values("person")


def _changed_at(row: str) -> Cast:
    return Cast(KT(f"{row}_row__changed_at"), DateTimeField())


def _corrected_since(batch: Batch) -> QuerySet[Application]:
    """Return the applications of the people of a batch that a member has corrected since it was committed.

    What was corrected while its file was read is part of what the batch remembers.
    """
    own = Application.objects.filter(organization_id=batch.organization_id)
    since = Correction.objects.filter(organization_id=batch.organization_id, corrected_at__gte=batch.committed_at)
    before = _before(batch).annotate(changed=_changed_at("application"), person_changed=_changed_at("applicant"))
    is_in = Q(changed=OuterRef("corrected_at")) | Q(person_changed=OuterRef("corrected_at"))
    remembered = Exists(before.filter(is_in, application=OuterRef("application")))
    corrections = since.exclude(remembered, corrected_at__gt=batch.committed_at).values("application")
    of_people = own.filter(applicant__in=_people(_before(batch)), pk__in=corrections)
    return of_people | own.filter(batch=batch, pk__in=corrections)


def _imported_since(batch: Batch) -> QuerySet[Application]:
    """Return the applications of a batch that a later one has changed, themselves or in what it says of the person."""
    later = Before.objects.filter(
        organization_id=batch.organization_id,
        batch__committed_at__gt=batch.committed_at,
        batch__state__in=(_State.COMMITTED, _State.UNDOING),
    )
    own = touched(batch=batch)
    of_people = own.filter(applicant__in=_people(later)).filter(applicant__in=_people(_before(batch)))
    return own.filter(pk__in=later.values("application")) | of_people


def _record(batch: Batch, kind: str, actor: actors.Actor, now: dt.datetime, counts: Counts | None = None) -> None:
    data = {} if counts is None else {"created": counts.created, "updated": counts.updated}
    organization, subject = batch.organization_id, batch.pk
    facts.record(kind, actor=actor, occurred_at=now, organization=organization, candidate=None, subject=subject, **data)
