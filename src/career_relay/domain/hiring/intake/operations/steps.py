from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.hiring.intake import queries, rules
from career_relay.domain.hiring.intake.models import Batch, Row
from career_relay.domain.hiring.intake.operations import errors

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

Step: typing.TypeAlias = typing.Literal["check", "commit", "undo"]
_State = Batch.State
_STEPS: typing.Final[dict[Step, tuple[tuple[Batch.State, ...], Batch.State]]] = {
    "check": ((_State.MAPPED, _State.CHECKED), _State.CHECKING),
    "commit": ((_State.CHECKED,), _State.COMMITTING),
    "undo": ((_State.COMMITTED,), _State.UNDOING),
}
_BEFORE: typing.Final = {
    _State.CHECKING: _State.MAPPED,
    _State.COMMITTING: _State.CHECKED,
    _State.UNDOING: _State.COMMITTED,
}
_WRITING: typing.Final = (_State.COMMITTING, _State.UNDOING)


@dataclasses.dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of a file; `warned` are among the others."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    failed: int = 0
    warned: int = 0


def begin(*, organization_id: uuid.UUID, batch_id: uuid.UUID, step: Step, run_id: uuid.UUID, now: dt.datetime) -> Batch:
    """Let a step of the import begin, of which `run_id` shows the progress; only one at a time writes applications.

    Raises UnableToFindImport, UnableToChangeImport, UnableToCheckUnknownValues, UnableToUndoLate,
    UnableToImportMeanwhile.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization_id)
    allowed, state = _STEPS[step]
    batch = locked(organization_id=organization_id, batch_id=batch_id, states=allowed)
    if step == "check" and (unknown := queries.unknown_values(batch)):
        raise errors.UnableToCheckUnknownValues([one.word for one in unknown])
    if step == "undo" and not rules.may_undo(batch, now):
        raise errors.UnableToUndoLate
    other = Batch.objects.filter(organization_id=organization_id, state__in=_WRITING).first()
    if other is not None and step != "check":
        raise errors.UnableToImportMeanwhile(other.file_name)
    batch.state, batch.run_id = state, run_id
    batch.save(update_fields=["state", "run_id"])
    return batch


def conclude(*, batch: Batch, step: Step, counts: Counts | None, now: dt.datetime, mails_taken_back: int = 0) -> Batch:
    """Write down that a step is done, in the transaction that did it. The caller has locked the batch."""
    changed = ["state"]
    if counts is not None:
        for field, number in dataclasses.asdict(counts).items():
            setattr(batch, field, number)
            changed.append(field)
    if step == "check":
        batch.state = _State.CHECKED
    elif step == "commit":
        batch.state, batch.committed_at, batch.undo_until = _State.COMMITTED, now, now + rules.UNDO_DAYS
        batch.mails_taken_back = mails_taken_back
        changed += ["committed_at", "undo_until", "mails_taken_back"]
    else:
        batch.state, batch.undone_at = _State.UNDONE, now
        changed.append("undone_at")
    batch.save(update_fields=changed)
    return batch


def fall_back(*, organization_id: uuid.UUID, batch_id: uuid.UUID, run_id: uuid.UUID) -> None:
    """Bring an import back to where it stood before a step that broke off, so that the step can be tried again.

    Nothing happens when another step has begun since.
    """
    own = Batch.objects.filter(organization_id=organization_id, pk=batch_id, run_id=run_id)
    for during, before in _BEFORE.items():
        own.filter(state=during).update(state=before)


def discard(*, organization_id: uuid.UUID, batch_id: uuid.UUID, user_id: uuid.UUID, now: dt.datetime) -> Batch:
    """Give an import up before anything of it became an application; its rows are deleted at once.

    Raises UnableToFindImport, UnableToChangeImport.
    """
    batch = locked(
        organization_id=organization_id, batch_id=batch_id, states=(_State.UPLOADED, _State.MAPPED, _State.CHECKED)
    )
    _forget(batch)
    batch.state = _State.DISCARDED
    batch.save(update_fields=["state"])
    return batch


def forget_rows(*, organization_id: uuid.UUID, batch_id: uuid.UUID, now: dt.datetime) -> None:
    """Delete the rows of an import that can't be taken back any more, or that nobody went on with.

    Raises UnableToFindImport.
    """
    batch = locked(organization_id=organization_id, batch_id=batch_id, states=_State)
    if rules.are_rows_needed(batch, now):
        return
    _forget(batch)
    if batch.committed_at is None:
        batch.state = _State.DISCARDED
        batch.save(update_fields=["state"])


def locked(*, organization_id: uuid.UUID, batch_id: uuid.UUID, states: collections.abc.Container[str]) -> Batch:
    """Return a batch that stands in one of these states, and lock it until the end of the transaction.

    Raises UnableToFindImport, UnableToChangeImport.
    """
    found = Batch.objects.select_for_update(no_key=True).filter(organization_id=organization_id, pk=batch_id)
    batch = found.first()
    if batch is None:
        raise errors.UnableToFindImport
    if batch.state not in states:
        raise errors.UnableToChangeImport(batch)
    return batch


def _forget(batch: Batch) -> None:
    Row.objects.filter(organization_id=batch.organization_id, batch=batch).delete()
