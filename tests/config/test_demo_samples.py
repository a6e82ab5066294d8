from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.config.demo import exports, past, samples
from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.intake import queries
from career_relay.domain.hiring.intake.models import Batch, Row
from career_relay.flows import receive_applications
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.public import demo_samples
from tests.world import NOW, Tenant, World
from tools import samples as tool

FILES = samples.contents(tool.DAY)
MEANINGS = {"社長決裁待ち": "final/in_progress", "業務委託": "mid_career"}


def check(tenant: Tenant, name: str) -> Batch:
    """Upload a sample, take every column as it is recognised, and have its rows checked."""
    acting = {"organization": tenant.id, "user": tenant.owner.pk}
    with acting_as(**acting):
        batch = intake.upload(
            organization_id=tenant.id,
            file_name=name,
            content=FILES[name],
            encoding="",
            user_id=tenant.owner.pk,
            now=NOW,
        )
        if batch.state == Batch.State.UPLOADED:
            batch = intake.set_columns(
                organization_id=tenant.id,
                batch_id=batch.pk,
                fields={},
                source_name=name,
                blank_clears=False,
                user_id=tenant.owner.pk,
                now=NOW,
            )
        explain(tenant, batch)
    run(tenant, batch, "check")
    return reread(tenant, batch)


def explain(tenant: Tenant, batch: Batch) -> None:
    """Answer what each unknown word means."""
    answers = {(one.kind, one.word): MEANINGS[one.word] for one in queries.unknown_values(batch)}
    if answers:
        intake.set_values(
            organization_id=tenant.id, batch_id=batch.pk, answers=answers, user_id=tenant.owner.pk, now=NOW
        )


def run(tenant: Tenant, batch: Batch, step: typing.Literal["check", "commit"]) -> None:
    """Ask for a step and do it at once."""
    request = {"check": receive_applications.request_check, "commit": receive_applications.request_commit}[step]
    perform = {"check": receive_applications.check_import, "commit": receive_applications.commit_import}[step]
    with past.without_worker(), acting_as(organization=tenant.id, user=tenant.owner.pk):
        asked = request(
            organization_id=tenant.id,
            batch_id=batch.pk,
            language="ja",
            actor=actors.user(tenant.owner.pk),
            now=NOW,
        )
    perform(run_id=asked.pk, organization_id=tenant.id, now=NOW)


def reread(tenant: Tenant, batch: Batch) -> Batch:
    with acting_as(organization=tenant.id):
        return Batch.objects.get(pk=batch.pk)


def figures(batch: Batch) -> tuple[int, int, int, int]:
    return (batch.created, batch.unchanged, batch.duplicates, batch.failed)


def test_files_in_the_repository_are_what_the_tool_writes() -> None:
    assert {path.name: path.read_bytes() for path in tool.FOLDER.glob("*.csv")} == FILES


def test_page_offers_every_file_and_no_other() -> None:
    assert {one.name for one in demo_samples.ALL} == set(FILES)


def test_files_are_in_the_encodings_of_their_systems() -> None:
    assert FILES["l2-airwork.csv"].startswith(b"\xef\xbb\xbf")
    texts = [content.decode("cp932") for name, content in FILES.items() if name != "l2-airwork.csv"]
    assert [any(one in text for text in texts) for one in "髙﨑"] == [True, True]


@pytest.mark.parametrize(
    ("name", "rows"),
    [("l1-hr-hacker.csv", 150), ("l2-airwork.csv", 150), ("l3-restaurant.csv", 120), ("l4-gourmet.csv", 120)],
)
def test_each_layout_goes_in_without_a_question(world: World, name: str, rows: int) -> None:
    batch = check(world.alpha, name)
    assert figures(batch) == (rows, 0, 0, 0)


def test_story_goes_in_whole_and_a_second_time_changes_nothing(world: World) -> None:
    name = demo_samples.STORY.name
    first = check(world.alpha, name)
    run(world.alpha, first, "commit")
    second = check(world.alpha, name)
    assert (figures(reread(world.alpha, first)), figures(second)) == ((1000, 0, 0, 0), (0, 1000, 0, 0))


def test_story_has_some_six_hundred_people_to_tell() -> None:
    text = FILES[demo_samples.STORY.name].decode("cp932")
    rejected = [line for line in text.splitlines() if ",不採用," in line]
    assert (590 <= len(rejected) <= 620, all("@people.example.jp" in line for line in rejected)) == (True, True)


def test_broken_file_is_wrong_in_more_than_twenty_ways(world: World) -> None:
    batch = check(world.alpha, "broken.csv")
    with acting_as(organization=world.alpha.id):
        codes = {one["code"] for row in Row.objects.filter(batch=batch) for one in row.problems}
    assert (len(codes) >= 20, batch.failed >= 15, batch.duplicates) == (True, True, 1)


def test_what_an_encoding_lacks_is_written_plainer() -> None:
    assert exports.encoded("𠮷田 Nguyễn", "cp932") == "吉田 Nguyen".encode("cp932")
    assert exports.encoded("髙﨑", "euc_jp") == "高崎".encode("euc_jp")
    assert exports.encoded("𠮷", "utf-8-sig") == "𠮷".encode("utf-8-sig")


def test_samples_follow_the_day() -> None:
    later = samples.contents(tool.DAY + dt.timedelta(days=7))
    assert {name for name in FILES if FILES[name] != later[name]} == set(FILES)
