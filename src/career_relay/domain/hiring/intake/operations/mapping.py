from __future__ import annotations

import typing

from career_relay.domain.hiring.intake import meanings, queries, recognition, values
from career_relay.domain.hiring.intake.models import Batch, Source, SourceValue
from career_relay.domain.hiring.intake.operations import errors, steps
from career_relay.domain.hiring.intake.vocabulary import Confidence, Field
from career_relay.kernel import japanese

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

LONGEST_NAME: typing.Final = 80
EDITABLE: typing.Final = (Batch.State.UPLOADED, Batch.State.MAPPED, Batch.State.CHECKED)


def set_columns(
    *,
    organization_id: uuid.UUID,
    batch_id: uuid.UUID,
    fields: collections.abc.Mapping[int, Field | None],
    source_name: str,
    blank_clears: bool,
    user_id: uuid.UUID,
    now: dt.datetime,
) -> Batch:
    """Decide what each column is, and remember it for the next file of the same source.

    Columns that `fields` leaves out stay as they were recognised. What was checked before is open again.
    Raises UnableToFindImport, UnableToChangeImport, UnableToNameSource, UnableToMapTwice, UnableToMapColumns.
    """
    batch = steps.locked(organization_id=organization_id, batch_id=batch_id, states=EDITABLE)
    chosen = [fields.get(at, queries.field_of(column)) for at, column in enumerate(batch.columns)]
    _refuse_doubles(chosen)
    batch.columns = [{"field": field or "", "confidence": Confidence.CERTAIN} for field in chosen]
    if missing := queries.missing_fields(queries.stored_columns(batch)):
        raise errors.UnableToMapColumns(str(field.label) for field in missing)
    batch.source = _remember(batch, chosen, source_name, blank_clears=blank_clears, now=now)
    batch.state = Batch.State.MAPPED
    batch.save(update_fields=["columns", "source", "state"])
    return batch


def set_values(
    *,
    organization_id: uuid.UUID,
    batch_id: uuid.UUID,
    answers: collections.abc.Mapping[tuple[str, str], str],
    user_id: uuid.UUID,
    now: dt.datetime,
) -> Batch:
    """Decide what words of the source mean: by kind and word, in the form of `meanings`. Remembered, never guessed.

    Raises UnableToFindImport, UnableToChangeImport, UnableToUseMeaning.
    """
    batch = steps.locked(
        organization_id=organization_id, batch_id=batch_id, states=(Batch.State.MAPPED, Batch.State.CHECKED)
    )
    if batch.source_id is None:
        raise errors.UnableToChangeImport(batch)
    decided = [
        SourceValue(
            organization_id=organization_id,
            source_id=batch.source_id,
            kind=kind,
            word=_word(word),
            meaning=_meaning(kind, word, meaning),
            decided_by_id=user_id,
            decided_at=now,
        )
        for (kind, word), meaning in answers.items()
    ]
    SourceValue.objects.bulk_create(
        {(one.kind, one.word): one for one in decided}.values(),
        update_conflicts=True,
        unique_fields=["organization", "source", "kind", "word"],
        update_fields=["meaning", "decided_by", "decided_at"],
    )
    batch.state = Batch.State.MAPPED
    batch.save(update_fields=["state"])
    return batch


def _refuse_doubles(chosen: list[Field | None]) -> None:
    for field in chosen:
        if field is not None and chosen.count(field) > 1:
            raise errors.UnableToMapTwice(str(field.label))


def _remember(batch: Batch, chosen: list[Field | None], name: str, *, blank_clears: bool, now: dt.datetime) -> Source:
    """Return the source of this name with what was decided now; earlier answers for other columns stay."""
    name = japanese.clean_name(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise errors.UnableToNameSource(LONGEST_NAME)
    source, _is_new = Source.objects.get_or_create(
        organization_id=batch.organization_id, name=name, defaults={"created_at": now, "changed_at": now}
    )
    answers: dict[str, str] = {}
    for header, field in zip(batch.header, chosen, strict=True):
        key = recognition.key(header)
        answers[key] = answers.get(key) or field or ""
    source.columns = source.columns | answers
    source.fingerprint = queries.fingerprint([*batch.header, *batch.dropped])
    source.blank_clears, source.changed_at = blank_clears, now
    source.save(update_fields=["columns", "fingerprint", "blank_clears", "changed_at"])
    return source


def _word(word: str) -> str:
    folded = values.key(word)
    if not 0 < len(folded) <= meanings.LONGEST_WORD:
        raise errors.UnableToUseMeaning(word)
    return folded


def _meaning(kind: str, word: str, text: str) -> str:
    if meanings.read(kind, text) is None:
        raise errors.UnableToUseMeaning(word)
    return text
