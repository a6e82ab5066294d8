from __future__ import annotations

import typing

from career_relay.capabilities.facts import kinds, models

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def record(
    kind: str,
    /,
    *,
    actor: actors.Actor,
    occurred_at: dt.datetime,
    organization: uuid.UUID | None = None,
    candidate: uuid.UUID | None = None,
    subject: uuid.UUID | None = None,
    **data: str | int | bool | list[str] | None,
) -> None:
    """Write down that something happened, in the transaction that did it.

    Exactly one of `organization` and `candidate` owns the fact. `data` takes only the keys listed for the kind, so that
    a new field is looked at before it can carry anything personal. Raises ValueError for an unknown kind or key.
    """
    _check(kind, data)
    models.Fact.objects.create(
        kind=kind,
        actor=str(actor),
        organization_id=organization,
        candidate_id=candidate,
        subject_id=subject,
        data=data,
        occurred_at=occurred_at,
    )


def record_each(
    kind: str,
    /,
    subjects: collections.abc.Iterable[uuid.UUID],
    *,
    actor: actors.Actor,
    occurred_at: dt.datetime,
    organization: uuid.UUID,
    **data: str | int | bool | list[str] | None,
) -> None:
    """Write down at once that the same happened to each of the organization's subjects, as `record` would."""
    _check(kind, data)
    models.Fact.objects.bulk_create(
        models.Fact(
            kind=kind,
            actor=str(actor),
            organization_id=organization,
            subject_id=subject,
            data=data,
            occurred_at=occurred_at,
        )
        for subject in subjects
    )


def _check(kind: str, data: dict[str, typing.Any]) -> None:
    if kind not in kinds.KINDS:
        msg = f"Fact kind {kind!r} is not listed in facts/kinds.py. Add it there and to the glossary."
        raise ValueError(msg)
    if unknown := set(data) - kinds.KINDS[kind]:
        msg = f"Fact {kind!r} may not carry {sorted(unknown)}; it may carry {sorted(kinds.KINDS[kind])}."
        raise ValueError(msg)
