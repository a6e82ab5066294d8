from __future__ import annotations

import typing

from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import queries
from career_relay.capabilities.runs.models import Run
from career_relay.domain.hiring.applications.filters import Filters
from career_relay.flows import export_applications as flow
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import applications
from tests.domain.hiring.applications.records import Records, moment
from tests.world import NOW, World

if typing.TYPE_CHECKING:
    from tests.world import Tenant


def requested(tenant: Tenant, *columns: str, sort: str = "applied", **filters: typing.Any) -> Run:
    with acting_as(organization=tenant.id):
        return flow.request_applications(
            organization_id=tenant.id,
            filters=Filters(**filters),
            sort=sort,
            columns=columns,
            language="ja",
            actor=actors.user(tenant.owner.pk),
            now=NOW,
        )


def made(tenant: Tenant, run: Run) -> tuple[str, list[str]]:
    """Have the file made; return its name and lines."""
    applications.export_applications(run=str(run.pk), organization=str(tenant.id))
    with acting_as(organization=tenant.id):
        found = queries.file(run.pk)
    assert found is not None
    return found[0], found[1].decode("utf-8-sig").splitlines()


def test_file_has_the_rows_of_the_filters_in_their_order_with_the_columns_chosen(world: World) -> None:
    records = Records(world.alpha)
    sales = records.posting("営業職")
    first, later = (records.person(name, kana) for name, kana in (("髙﨑 花", "タカサキ ハナ"), ("林 蓮", "")))
    rejected: dict[str, typing.Any] = {
        "outcome": "rejected",
        "stage": "first",
        "external_id": "A1",
        "posting_id": sales,
    }
    records.apply(later, applied_at=moment("2026-06-02"), told_at=moment("2026-07-01"), **rejected)
    records.apply(first, applied_at=moment("2026-06-01"), **rejected)
    records.apply(outcome="hired")
    run = requested(world.alpha, "told", "applied", "posting", outcome="rejected")
    name, lines = made(world.alpha, run)
    assert (run.total, name.startswith("applications_20"), name[-4:], len(name)) == (2, True, ".csv", 29)
    assert lines == [
        "氏名,フリガナ,応募 ID,求人,応募日,連絡",
        "髙﨑 花,タカサキ ハナ,A1,営業職,2026/06/01,未通知",
        "林 蓮,,A1,営業職,2026/06/02,2026/07/01",
    ]


def test_cells_that_a_spreadsheet_would_calculate_are_made_harmless(world: World) -> None:
    records = Records(world.alpha)
    records.apply(records.person("=1+1", "＠SUM"), medium="-2", external_id="+3")
    assert made(world.alpha, requested(world.alpha, "medium"))[1][1] == "'=1+1,'＠SUM,'+3,'-2"


def test_what_was_searched_for_is_forgotten_when_the_file_is_made(world: World) -> None:
    records = Records(world.alpha)
    records.apply(records.person("高橋 花"))
    run = requested(world.alpha, q="髙橋")
    assert run.parameters[runs.ITEMS] == [{"filter": "q=%E9%AB%99%E6%A9%8B", "sort": "applied", "columns": []}]
    assert made(world.alpha, run)[1][1:] == ["高橋 花,,"]
    with acting_as(organization=world.alpha.id):
        over = Run.objects.get(pk=run.pk)
    assert (over.state, over.done, over.parameters) == ("done", 1, {"language": "ja"})


def test_another_organization_gets_no_file(world: World) -> None:
    Records(world.alpha).apply()
    run = requested(world.alpha)
    applications.export_applications(run=str(run.pk), organization=str(world.beta.id))
    with acting_as(organization=world.alpha.id):
        assert Run.objects.get(pk=run.pk).state == "accepted"
