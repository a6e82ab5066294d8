"""The three books by law on the agency's pages: every item in a file, what the agency adds, and who may look."""

from __future__ import annotations

import io
import typing

import openpyxl
import pytest
from django.test import Client

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.runs import queries as runs
from career_relay.domain.people.books.models import SeekerEntry
from career_relay.domain.people.placements import rules as placements
from career_relay.domain.people.placements.models import EndReason, Placement
from career_relay.flows import record_placement
from career_relay.flows.erase_candidate import erase_candidate
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import books as tasks
from tests.flows import story
from tests.portals.agency import desk, forward
from tests.portals.agency.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant, World

TODAY = clock.day_in_japan(clock.now())
YEAR = placements.fiscal_year(TODAY)
NAME = "髙﨑 葵"
BOOKS = ("postings", "seekers", "fees")
# What 職業安定法施行規則 24条の7 and the Ministry's model books ask for, with what stands there for one hire who left.
ITEMS: dict[str, dict[str, object]] = {
    "postings": {
        "求人者の名称": forward.COMPANY,
        "求人者の所在地": "東京都港区 1-1",
        "連絡先・担当者": "採用窓口",
        "求人の受付年月日": TODAY.isoformat(),
        "求人の有効期間": "定めなし（受け付け中）",
        "募集する職種": "法務・経営・文化芸術等の専門的職業、経理（連結決算）",
        "募集する人数": 1,
        "就業の場所": "東京都港区",
        "雇用の形態と期間": "中途、期間の定めなし",
        "賃金": "月給 300,000 円、賞与 年 2 回、4,200,000 円から 5,000,000 円",
        "紹介年月日": TODAY.isoformat(),
        "紹介した求職者の氏名": NAME,
        "採否": "採用（退職済み）",
        "採用年月日": TODAY.isoformat(),
        "無期雇用かどうか": "無期雇用",
        "転職勧奨の禁止期間": f"{TODAY.isoformat()} から ",
        "6 か月以内の離職（無期雇用）": f"離職あり（{TODAY.isoformat()}）",
        "返戻金": " 円（",
    },
    "seekers": {
        "求職者の氏名": NAME,
        "住所": "東京都江東区 2-2",
        "生年月日": "1990-05-06",
        "希望する職種": "経理",
        "求職の受付年月日": TODAY.isoformat(),
        "求職の有効期間": "定めなし（受け付け中）",
        "紹介年月日": TODAY.isoformat(),
        "紹介した求人者の名称": forward.COMPANY,
        "採否": "採用（退職済み）",
        "採用年月日": TODAY.isoformat(),
        "無期雇用かどうか": "無期雇用",
        "転職勧奨の禁止期間": f"{TODAY.isoformat()} から ",
        "6 か月以内の離職（無期雇用）": f"離職あり（{TODAY.isoformat()}）",
        "返戻金": " 円（",
    },
    "fees": {
        "手数料を支払う者の名称": forward.COMPANY,
        "徴収年月日": "記録なし",
        "手数料の種類": "紹介手数料",
        "手数料の額（円）": 1_680_000,
        "算出の根拠": "年収の見込み 4,800,000 円 × 35.0%",
        "記録した日": TODAY.isoformat(),
        "求職者の氏名": NAME,
        "求人名": "経理（連結決算）",
    },
}


@pytest.fixture
def link(world: World) -> story.Link:
    desk.open_agency(world)
    return story.open_link(world.alpha, desk.before())


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.agency.owner)


def hired(agency: Tenant, link: story.Link, email: str = "aoi@people.example") -> uuid.UUID:
    """Have somebody start today at a company outside the network, and leave; return who it is."""
    taken = desk.taken(agency, link, email, name=NAME, occupation="経理")
    found = forward.accepted(agency, taken)
    with acting_as(organization=agency.id):
        placement = Placement.objects.get(introduction=found)
    record_placement.confirm_start(placement_id=placement.pk, started_on=TODAY, **forward.later(agency))
    record_placement.record_leaving(
        placement_id=placement.pk, left_on=TODAY, reason=EndReason.PERSON, **forward.later(agency)
    )
    return placement.candidate_id


def entry_of(agency: Tenant) -> SeekerEntry:
    with acting_as(organization=agency.id):
        return SeekerEntry.objects.get()


def made(client: Client, agency: Tenant, book: str, **typed: object) -> bytes:
    """Ask for a file and have the worker make it."""
    answer = client.post(f"/agency/books/{book}/file/", {"format": "xlsx", **typed})
    with acting_as(organization=agency.id):
        [run] = runs.latest(agency.id, kind="export_book")[:1]
        assert answer.headers["Location"].endswith(f"{run.pk}/")
        tasks.export_book(run=str(run.pk), organization=str(agency.id))
        found = runs.file(run.pk)
    assert found is not None
    return found[1]


def test_workbooks_have_every_item_of_the_law(world: World, link: story.Link, client: Client) -> None:
    hired(world.agency, link)
    address = f"/agency/books/entries/{entry_of(world.agency).pk}/"
    answer = client.post(address, {"address": "東京都江東区 2-2", "born_on": "1990-05-06"})
    assert answer.headers["Location"] == "/agency/books/seekers/"
    for book, items in ITEMS.items():
        [sheet] = openpyxl.load_workbook(io.BytesIO(made(client, world.agency, book, year=YEAR))).worksheets
        header, row, *_others = sheet.iter_rows(values_only=True)
        told = dict(zip(header, row, strict=True))
        assert list(told) == list(items)
        assert "" not in told.values()
        assert None not in told.values()
        wrong = [
            (label, told[label], want)
            for label, want in items.items()
            if told[label] != want and not (isinstance(want, str) and want in str(told[label]))
        ]
        assert wrong == []
        page = text(client.get(f"/agency/books/{book}/?year={YEAR}"))
        assert [label for label in items if label not in page] == []
    assert NAME in made(client, world.agency, "seekers", format="csv").decode("utf-8-sig")
    with acting_as(organization=world.agency.id):
        assert Fact.objects.filter(kind="book.exported").count() == 4
        assert Fact.objects.filter(kind="book.filled_in").count() == 1


def test_book_outlives_the_person_for_their_agency_alone(world: World, link: story.Link, client: Client) -> None:
    person = hired(world.agency, link)
    erase_candidate(candidate_id=person, now=clock.now())
    assert (entry_of(world.agency).name, entry_of(world.agency).ended_on) == (NAME, TODAY)
    other = make_tenant("agency", "よその人材紹介", "other")
    stranger = signed_in(other.owner)
    for book in BOOKS:
        assert NAME in text(client.get(f"/agency/books/{book}/"))
        page = stranger.get(f"/agency/books/{book}/")
        assert page.context["page"].rows == []
        assert "この管理簿に載る記録は、ありません" in text(page)
    assert stranger.get(f"/agency/books/entries/{entry_of(world.agency).pk}/").status_code == 404
    for principal in ({"organization": other.id}, {"organization": world.alpha.id}, {"candidate": person}):
        with acting_as(**principal):
            assert not SeekerEntry.objects.exists()


def test_page_asks_as_much_for_three_hires_as_for_one(world: World, link: story.Link, client: Client) -> None:
    hired(world.agency, link)
    for_one = [desk.asked(client, f"/agency/books/{book}/") for book in BOOKS]
    hired(world.agency, link, "riku@people.example")
    hired(world.agency, link, "mei@people.example")
    assert [desk.asked(client, f"/agency/books/{book}/") for book in BOOKS] == for_one


def test_birth_after_the_day_of_taking_on_is_refused_at_its_field(
    world: World, link: story.Link, client: Client
) -> None:
    desk.taken(world.agency, link)
    address = f"/agency/books/entries/{entry_of(world.agency).pk}/"
    refused = client.post(address, {"address": "どこか", "born_on": TODAY.isoformat()})
    assert list(refused.context["form"].errors) == ["born_on"]
    assert entry_of(world.agency).address == ""


def test_books_are_the_managers(world: World, client: Client) -> None:
    pages = ["/agency/books/", *[f"/agency/books/{book}/" for book in BOOKS]]
    assert [client.get(page).context["page"].book for page in pages] == ["postings", *BOOKS]
    for page in pages:
        assert signed_in(world.agency.users["adviser"]).get(page).status_code == 403
        assert signed_in(world.alpha.owner).get(page).status_code == 404
        assert signed_in(world.stranger).get(page).status_code == 404
    assert client.get("/agency/books/salaries/").status_code == 404
    for typed in ({"format": "pdf"}, {"format": "csv", "year": YEAR + 1}, {}):
        assert client.post("/agency/books/fees/file/", typed).status_code == 404
    assert client.post("/agency/books/salaries/file/", {"format": "csv"}).status_code == 404
