from __future__ import annotations

import pytest

from career_relay.domain.hiring.applications import queries
from tests.domain.hiring.applications.records import DAY, Records
from tests.world import NOW, World

ADDRESS = "hana@people.example"


@pytest.fixture
def records(world: World) -> Records:
    return Records(world.alpha)


def known(records: Records, email: str = ADDRESS) -> list[queries.Known]:
    with records.acting():
        return queries.with_address(records.id, email)


def test_own_applications_are_found_by_the_very_address_however_it_is_typed(records: Records) -> None:
    person = records.person("髙﨑 花", email=ADDRESS)
    records.apply(person, applied_at=NOW - DAY)
    records.apply(person, posting_id=records.posting("経理"))
    for typed in (ADDRESS, " Hana@People.Example ", "ｈａｎａ@people.example"):
        assert [(one.applicant_id, one.posting_title, one.applied_at) for one in known(records, typed)] == [
            (person.pk, "経理", NOW),
            (person.pk, "", NOW - DAY),
        ]


def test_nobody_is_found_by_likeness_by_name_or_in_another_employers_records(world: World, records: Records) -> None:
    records.apply(records.person("髙﨑 花", email="hana+jobs@people.example"))
    records.apply(records.person("髙﨑 花"))
    other = Records(world.beta)
    other.apply(other.person("髙﨑 花", email=ADDRESS))
    assert known(records) == []
    assert known(records, "") == []
