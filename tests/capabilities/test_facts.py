from __future__ import annotations

import typing
import uuid

import pytest

from career_relay.capabilities.facts import operations
from career_relay.capabilities.facts.models import Fact
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World


def record_each(world: World, subjects: list[uuid.UUID], kind: str = "template.written", **data: typing.Any) -> None:
    operations.record_each(
        kind, subjects, actor=actors.SYSTEM, occurred_at=NOW, organization=world.alpha.id, **data or {"version": 1}
    )


def test_record_each_writes_what_record_would_write_of_each(world: World) -> None:
    one, two, three = (uuid.uuid4() for _ in range(3))
    with acting_as(organization=world.alpha.id):
        operations.record(
            "template.written",
            actor=actors.SYSTEM,
            occurred_at=NOW,
            organization=world.alpha.id,
            subject=one,
            version=1,
        )
        record_each(world, [two, three])
        columns = [
            field.attname for field in Fact._meta.fields if field.attname not in {"id", "sequence", "recorded_at"}
        ]
        rows = {row.pop("subject_id"): row for row in Fact.objects.filter(kind="template.written").values(*columns)}
    assert set(rows) == {one, two, three}
    assert rows[one] == rows[two] == rows[three]


@pytest.mark.parametrize(("kind", "data"), [("template.eaten", {}), ("template.written", {"name": "山田"})])
def test_facts_that_are_not_listed_are_refused(world: World, kind: str, data: dict[str, typing.Any]) -> None:
    with acting_as(organization=world.alpha.id), pytest.raises(ValueError, match="template"):
        record_each(world, [uuid.uuid4()], kind, **data)
