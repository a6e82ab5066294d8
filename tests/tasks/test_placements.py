from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.messaging.models import Message
from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import queries
from career_relay.flows import export_placements
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import placements
from tests.flows import introducing, placing
from tests.flows.placing import START

if typing.TYPE_CHECKING:
    import uuid

    from tests.flows.introducing import Scene
    from tests.world import World

HEADER = "日付,内容,金額（円）,お名前,採用した会社,紹介会社,求人名,入社日,退職日,退職の理由,年収の見込み（円）,手数料の根拠,手数料の割合（%）,手数料の定額（円）"


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def exported(scene: Scene, organization_id: uuid.UUID, month: dt.date) -> list[str]:
    with acting_as(organization=organization_id):
        run = export_placements.request_placements(
            organization_id=organization_id,
            month=month,
            language="ja",
            actor=scene.recruiter,
            now=placing.at(START),
        )
    placements.export_placements(run=str(run.pk), organization=str(organization_id))
    with acting_as(organization=organization_id):
        made = queries.file(run.pk)
    assert made is not None
    assert made[0].startswith(f"placements_{month:%Y%m}_")
    return made[1].decode("utf-8-sig").splitlines()


def test_export_placements_makes_the_file_of_a_month(scene: Scene) -> None:
    placing.leave(scene, placing.joined(scene), START)
    row = "アルファ精機株式会社,つなぐ人材紹介株式会社,経理,2027-01-04,2027-01-04"
    for organization_id, name in ((scene.agency.id, "髙﨑 花"), (scene.employer.id, "")):
        assert exported(scene, organization_id, dt.date(2027, 1, 20)) == [
            HEADER,
            f"2027-01-04,紹介手数料,1680000,{name},{row},,4800000,連携協定,35.0,",
            f"2027-01-05,返戻金,-840000,{name},{row},ご本人の都合,4800000,連携協定,35.0,",
            ",合計,840000",
        ]
    assert exported(scene, scene.agency.id, dt.date(2026, 12, 1)) == [HEADER, ",合計,0"]


def test_export_placements_that_breaks_ends_in_words(scene: Scene) -> None:
    with acting_as(organization=scene.agency.id):
        run = runs.accept(
            organization_id=scene.agency.id,
            kind="export_placements",
            parameters={"month": "no month", "language": "ja"},
            total=1,
            actor=scene.agency.adviser,
            now=placing.at(START),
        )
    with pytest.raises(ValueError, match="isoformat"):
        placements.export_placements(run=str(run.pk), organization=str(scene.agency.id))
    with acting_as(organization=scene.agency.id):
        found = queries.run(run.pk)
    assert found is not None
    assert found.state == "failed"


def test_ask_about_placements_asks_what_is_due(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    placing.agreed(scene)
    monkeypatch.setattr(clock, "now", lambda: placing.at(START))
    placements.ask_about_placements(timestamp=0)
    with acting_as(organization=scene.employer.id):
        assert Message.objects.filter(kind="start_due").count() == 2
