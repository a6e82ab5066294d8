from __future__ import annotations

import typing

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from career_relay.domain.people.complaints.models import Complaint
from career_relay.flows import report_agency
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.portals.agency import desk
from tests.portals.agency.desk import text
from tests.portals.agency.settings_pages import A_DAY, signed_in
from tests.portals.candidate.browser import Phone
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

LIST: typing.Final = "/operator/complaints/"
WORDS, ANSWER = "<b>登録料</b>を求められました。", "紹介会社に<i>確かめ</i>ました。"


@pytest.fixture
def assignment(world: World) -> uuid.UUID:
    return desk.taken(desk.open_agency(world), story.open_link(world.alpha, desk.before()))


@pytest.fixture
def operator(world: World) -> Client:
    return signed_in(world.operator.owner)


def tell(world: World, assignment_id: uuid.UUID, days_ago: int = 0) -> uuid.UUID:
    """Have the person tell the operator something; return the complaint."""
    now = clock.now() - A_DAY * days_ago
    report_agency.report_agency(
        candidate_id=desk.stored(world.agency, assignment_id).candidate_id,
        assignment_id=assignment_id,
        topic="money",
        words=WORDS,
        wants_answer=False,
        now=now,
    )
    with acting_as(organization=world.operator.id):
        return Complaint.objects.get(received_at=now).pk


def test_quiet_list_says_so(operator: Client) -> None:
    assert "苦情は届いていません" in text(operator.get(LIST))


def test_complaint_is_listed_taken_up_and_answered_and_the_person_reads_it(
    world: World, assignment: uuid.UUID, operator: Client
) -> None:
    late, complaint_id = tell(world, assignment, days_ago=40), tell(world, assignment)
    page = text(operator.get("/operator/"))
    assert "回答を待つ苦情 苦情の一覧を開く 2 件（うち回答の遅れ 1 件）" in page
    assert operator.get(f"/operator/agencies/{world.agency.id}/").context["page"].complaints == 2
    listed = operator.get(LIST).context["list"]
    assert [row.complaint.pk for row in listed.rows] == [late, complaint_id]
    assert [tab.count for tab in listed.tabs] == [2, 1, 2, 0, 0, 0]
    shown = operator.get(f"{LIST}{complaint_id}/").content.decode()
    assert "&lt;b&gt;登録料&lt;/b&gt;を求められました。" in shown
    assert not {word for word in ("aoi@people.example", "髙﨑") if word in shown}
    operator.post(f"{LIST}{complaint_id}/take-up/")
    assert "確認を始めた方" in text(operator.get(f"{LIST}{complaint_id}/"))
    assert "回答が入力されていません" in text(operator.post(f"{LIST}{complaint_id}/", {"answer": " "}))
    assert operator.post(f"{LIST}{complaint_id}/", {"answer": ANSWER}).status_code == 302
    assert "&lt;i&gt;確かめ&lt;/i&gt;" in operator.get(f"{LIST}{complaint_id}/").content.decode()
    assert "進められません。" in text(operator.post(f"{LIST}{complaint_id}/", {"answer": "別"}))
    operator.post(f"{LIST}{complaint_id}/take-up/")
    assert "この苦情の状態は「回答済み」です" in text(operator.get(f"{LIST}{complaint_id}/"))
    assert [row.complaint.pk for row in operator.get(f"{LIST}?state=answered").context["list"].rows] == [complaint_id]
    assert [row.complaint.pk for row in operator.get(f"{LIST}?state=overdue").context["list"].rows] == [late]
    assert "この条件の苦情はありません" in text(operator.get(f"{LIST}?state=closed"))
    phone = Phone()
    phone.sign_in("aoi@people.example", desk.stored(world.agency, assignment).candidate_id)
    own = phone.read("me_complaints")
    for words in ("紹介会社に&lt;i&gt;確かめ&lt;/i&gt;ました。", "&lt;b&gt;登録料&lt;/b&gt;", "回答済み", "受付済み"):
        assert words in own, words
    assert world.operator.owner.name not in own
    assert ANSWER in phone.get("me_download").json()["complaints"][0]["answer"]


def test_strangers_find_nothing_and_change_nothing(world: World, assignment: uuid.UUID) -> None:
    complaint_id = tell(world, assignment)
    elsewhere = make_tenant("operator", "よその運営事務局", "elsewhere")
    people = [world.alpha.owner, world.agency.owner, world.school.owner, world.stranger, elsewhere.owner]
    for person in people:
        client = signed_in(person)
        for path in (f"{LIST}{complaint_id}/", f"{LIST}{complaint_id}/take-up/"):
            answers = client.get(path), client.post(path, {"answer": ANSWER})
            assert {answer.status_code for answer in answers} <= {404, 405}
        answer = client.get(LIST)
        assert answer.status_code == (200 if person == elsewhere.owner else 404)
        assert str(complaint_id) not in answer.content.decode()
    phone = Phone()
    phone.sign_in("sora@people.example", world.sora.pk)
    assert "まだありません" in phone.read("me_complaints")
    with acting_as(organization=world.operator.id):
        assert Complaint.objects.get().state == "received"


def test_list_asks_as_often_for_three_as_for_one(world: World, assignment: uuid.UUID, operator: Client) -> None:
    def queries_of() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(LIST).status_code == 200
        return len(captured)

    tell(world, assignment)
    one = queries_of()
    for days_ago in (1, 2):
        tell(world, assignment, days_ago)
    assert queries_of() == one
