from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.urls import reverse

from career_relay.domain.people.introductions import rules
from career_relay.kernel import clock
from tests.flows import story
from tests.portals.agency import desk, forward
from tests.portals.agency.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from django.test import Client

    from tests.portals.pages import Answer
    from tests.world import Tenant, World

LIST = "/agency/introductions/"
BOARD = "/agency/board/"


@pytest.fixture
def link(world: World) -> story.Link:
    desk.open_agency(world)
    return story.open_link(world.alpha, desk.before())


@pytest.fixture
def aoi(world: World, link: story.Link) -> uuid.UUID:
    """The assignment of somebody whom the agency looks after."""
    return desk.taken(world.agency, link, name="髙﨑 葵")


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.agency.users["adviser"])


def other_agency(world: World) -> Tenant:
    return desk.open_agency(world, make_tenant("agency", "よその人材紹介株式会社", "other"))


def page_of(introduction_id: uuid.UUID) -> str:
    return reverse("agency:introduction", args=[introduction_id])


def act_of(code: str, introduction_id: uuid.UUID) -> str:
    return reverse(f"agency:introduction_{code}", args=[introduction_id])


def open_acts(page: Answer) -> list[str]:
    return [one.url.rstrip("/").rsplit("/", 1)[-1] for one in page.context["page"].choices]


def send(client: Client, agency: Tenant, code: str, introduction_id: uuid.UUID, **fields: typing.Any) -> Answer:
    """Send an act as the page would, for the introduction as it stands."""
    one = forward.stored(agency, introduction_id)
    return client.post(act_of(code, introduction_id), {"seen": f"{one.state}-{one.round}", **fields})


def test_empty_lists_say_what_fills_them(client: Client) -> None:
    assert "進行中の推薦は、まだありません" in text(client.get(LIST))
    assert "終わった推薦は、まだありません" in text(client.get(LIST, {"state": "ended"}))
    assert "ボードに並ぶ方は、まだいません" in text(client.get(BOARD))


def test_person_is_asked_in_three_steps_and_nothing_typed_is_lost(world: World, client: Client, aoi: uuid.UUID) -> None:
    address = reverse("agency:introduce", args=[aoi])
    assert "案内できる求人がありません" in text(client.get(address))
    chosen = forward.posting(world.agency)
    assert forward.COMPANY in text(client.get(address))
    wished = f"{address}?posting={chosen.pk}"
    assert "月次決算、請求書の作成" in text(client.get(wished))
    told = {"message": "経理の経験を生かせます。", "fit_note": "月次決算を 5 年担当。"}
    shown = text(client.post(wished, {**told, "step": "preview"}))
    assert "ご本人に届くもの" in shown
    assert "ご本人は 5 営業日のうちに" in shown
    again = client.post(wished, {**told, "step": "edit"}).content.decode()
    assert "月次決算を 5 年担当。</textarea>" in again
    answer = client.post(wished, {**told, "step": "send"})
    page = text(client.get(answer.headers["Location"]))
    assert "ご本人に送信しました。" in page
    assert "ご本人の返事を待っています" in page
    assert "会社へ（推薦の理由） 月次決算を 5 年担当。" in page


def test_posting_is_carried_from_its_page_to_the_words_for_the_person(
    world: World, client: Client, aoi: uuid.UUID
) -> None:
    chosen = forward.posting(world.agency)
    people = f"{reverse('agency:people')}?posting={chosen.pk}"
    assert people in client.get(reverse("agency:posting", args=[chosen.pk])).content.decode()
    page = client.get(people)
    assert "「経理（連結決算）」に推薦する方を選んでください" in text(page)
    [row] = page.context["list"].rows
    assert client.get(row.url).context["page"].chosen.posting.pk == chosen.pk
    assert client.get(f"{people}&q=髙﨑").context["list"].rows == [row]
    for other in (f"{people}0", f"{people}&state=ended"):
        assert client.get(other).context["list"].posting is None


def test_posting_is_put_before_a_person_once(world: World, client: Client, aoi: uuid.UUID) -> None:
    chosen = forward.posting(world.agency)
    forward.proposed(world.agency, aoi, chosen.pk)
    page = client.get(reverse("agency:introduce", args=[aoi]), {"posting": str(chosen.pk)})
    assert "案内中" in text(page)
    assert "この求人を選ぶ" not in text(page)


def test_refusal_of_a_proposal_stands_on_the_form(world: World, client: Client, aoi: uuid.UUID) -> None:
    address = f"{reverse('agency:introduce', args=[aoi])}?posting={forward.posting(world.agency).pk}"
    page = client.post(address, {"message": "あ" * 301, "fit_note": "書きかけ", "step": "preview"})
    assert [str(field) for field in page.context["form"].errors] == ["message"]
    assert "書きかけ</textarea>" in page.content.decode()


def test_postings_to_choose_from_are_found_by_a_part_of_their_name(
    world: World, client: Client, aoi: uuid.UUID
) -> None:
    forward.posting(world.agency)
    forward.posting(world.agency, title="総務")
    address = reverse("agency:introduce", args=[aoi])
    assert [one.posting.title for one in client.get(address, {"q": "総務"}).context["page"].rows] == ["総務"]
    assert "このことばに合う求人はありません" in text(client.get(address, {"q": "営業"}))


def test_list_is_searched_by_name_and_narrowed_by_stage(world: World, link: story.Link, client: Client) -> None:
    posting = forward.posting(world.agency).pk
    for handle, name in (("aoi", "髙﨑 葵"), ("sora", "山田 空")):
        taken = desk.taken(world.agency, link, f"{handle}@people.example", name=name)
        forward.proposed(world.agency, taken, posting)
    forward.introduced(world.agency, taken)

    def rows(**query: str) -> list[tuple[str, str]]:
        found = client.get(LIST, query).context["list"].rows
        return sorted((row.line.person_name, row.line.state) for row in found)

    assert rows() == [("山田 空", "introduced"), ("山田 空", "proposed"), ("髙﨑 葵", "proposed")]
    assert rows(q="高崎") == [("髙﨑 葵", "proposed")]
    assert rows(stage="introduced") == [("山田 空", "introduced")]
    assert rows(stage="nowhere", adviser="who", page="x") == rows()
    nothing = client.get(LIST, {"q": "佐藤"})
    assert "この条件に合う推薦はありません" in text(nothing)
    assert [(str(tab.label), tab.count) for tab in nothing.context["list"].tabs] == [("進行中", 3), ("終わった推薦", 0)]


def test_agency_tells_what_a_company_outside_the_network_said(world: World, client: Client, aoi: uuid.UUID) -> None:
    found = forward.introduced(world.agency, aoi)
    page = client.get(page_of(found))
    assert open_acts(page) == ["screening", "interview", "refuse", "withdraw"]
    assert "会社に推薦を伝えて、返事を記録してください" in text(page)
    assert send(client, world.agency, "screening", found).headers["Location"] == page_of(found)
    assert "会社の返事を記録してください" in text(client.get(page_of(found)))
    send(client, world.agency, "interview", found)
    at = clock.now().replace(second=0, microsecond=0) + dt.timedelta(days=3)
    send(client, world.agency, "times", found, time_1=forward.typed(at), place="本社 3 階")
    page = client.get(page_of(found))
    assert open_acts(page)[0] == "choose"
    assert "本社 3 階" in text(page)
    send(client, world.agency, "choose", found, chosen=at.isoformat())
    page = client.get(page_of(found))
    assert open_acts(page) == ["next", "offer", "refuse", "withdraw", "times"]
    assert [event.title for event in page.context["page"].history[:3]] == [
        "1 回目の面接の日時が決定",
        "1 回目の面接の日時を提案（紹介会社）",
        "面接（紹介会社）",
    ]
    send(client, world.agency, "next", found)
    one = forward.stored(world.agency, found)
    assert (one.state, one.round) == ("interview", 2)
    assert "面接（2 回目）" in text(client.get(page_of(found)))


def test_offer_and_acceptance_are_told_by_the_agency(world: World, client: Client, aoi: uuid.UUID) -> None:
    found = forward.at_interview(world.agency, aoi)
    start_on = clock.day_in_japan(clock.now()) + dt.timedelta(days=30)
    told = {"salary": "4800000", "start_on": start_on.isoformat(), "note": "経理部"}
    send(client, world.agency, "offer", found, **told)
    assert "4,800,000 円" in text(client.get(page_of(found)))
    assert "経理部</textarea>" in client.get(act_of("offer", found)).content.decode()
    offer = rules.offer_seen(forward.stored(world.agency, found).offered_at)
    refused = send(client, world.agency, "accept", found, offer=offer)
    assert "ご本人の返事を確かめてから、印を付けてください。" in text(refused)
    mended = send(client, world.agency, "accept", found, offer="another", is_said="on")
    assert "表示した条件と、いまの条件が違います" in text(mended)
    send(client, world.agency, "accept", found, offer=offer, is_said="on")
    page = text(client.get(page_of(found)))
    assert "入社を待っています" in page
    assert forward.stored(world.agency, found).state == "accepted"


@pytest.mark.parametrize(
    ("code", "reason", "state"), [("refuse", "skills", "refused"), ("withdraw", "other", "withdrawn")]
)
def test_end_is_told_with_its_reason(
    world: World, client: Client, aoi: uuid.UUID, code: str, reason: str, state: str
) -> None:
    found = forward.introduced(world.agency, aoi)
    page = client.get(act_of(code, found))
    assert "元に戻せません。" in text(page)
    assert "理由が選ばれていません" in text(send(client, world.agency, code, found))
    send(client, world.agency, code, found, reason=reason)
    one = forward.stored(world.agency, found)
    assert (one.state, one.end_reason) == (state, reason)
    page = client.get(page_of(found))
    assert open_acts(page) == []
    assert "理由：" in text(page)
    [row] = client.get(LIST, {"state": "ended"}).context["list"].rows
    assert row.line.introduction_id == found


def test_errors_stand_at_their_fields_and_keep_what_was_typed(world: World, client: Client, aoi: uuid.UUID) -> None:
    found = forward.at_interview(world.agency, aoi)
    past, soon = clock.now() - dt.timedelta(days=1), clock.now() + dt.timedelta(days=1)
    times = {"time_1": forward.typed(past), "time_2": forward.typed(soon), "time_3": forward.typed(soon)}
    page = send(client, world.agency, "times", found, **times)
    assert sorted(page.context["form"].errors) == ["place", "time_1", "time_3"]
    assert forward.typed(soon) in page.content.decode()
    page = send(client, world.agency, "offer", found, salary="0", start_on="2020-01-01", note="書きかけ")
    assert sorted(page.context["form"].errors) == ["salary"]
    page = send(client, world.agency, "offer", found, salary="4800000", start_on="2020-01-01", note="書きかけ")
    assert sorted(page.context["form"].errors) == ["start_on"]
    assert "書きかけ</textarea>" in page.content.decode()


def test_second_click_moves_nothing(world: World, client: Client, aoi: uuid.UUID) -> None:
    found = forward.at_interview(world.agency, aoi)
    sent = {"seen": "interview-1"}
    client.post(act_of("next", found), sent)
    again = client.post(act_of("next", found), sent)
    assert "進み具合が変わったか、終わっているためです" in text(again)
    assert forward.stored(world.agency, found).round == 2
    late = client.post(act_of("screening", found), {"seen": "introduced-0"})
    assert late.headers["Location"] == page_of(found)
    assert "いまの段階では、その操作はできません。" in text(client.get(page_of(found)))


def test_reading_changes_nothing(world: World, client: Client, aoi: uuid.UUID) -> None:
    found = forward.at_interview(world.agency, aoi)
    before = forward.stored(world.agency, found).changed_at
    introduce = f"{reverse('agency:introduce', args=[aoi])}?posting={forward.posting(world.agency).pk}"
    acts = [act_of(code, found) for code in ("times", "next", "offer", "refuse", "withdraw")]
    for address in (LIST, BOARD, page_of(found), introduce, *acts):
        desk.asked(client, address)
    assert forward.stored(world.agency, found).changed_at == before


def test_introductions_of_another_agency_are_not_there(world: World, aoi: uuid.UUID) -> None:
    found = forward.introduced(world.agency, aoi)
    stranger = signed_in(other_agency(world).owner)
    addresses = [page_of(found), act_of("withdraw", found), reverse("agency:introduce", args=[aoi])]
    assert [stranger.get(address).status_code for address in addresses] == [404, 404, 404]
    sent = {"seen": "introduced-0", "reason": "other"}
    assert [stranger.post(address, sent).status_code for address in addresses] == [405, 404, 404]
    for address in (LIST, BOARD, f"{LIST}?q=高崎"):
        assert "髙﨑" not in stranger.get(address).content.decode()
    assert forward.stored(world.agency, found).state == "introduced"


def test_board_shows_everybody_by_stage_with_the_next_move(world: World, link: story.Link, client: Client) -> None:
    people = [
        desk.taken(world.agency, link, f"{name}@people.example", name=name)
        for name in ("free", "asked", "met", "wanted")
    ]
    forward.proposed(world.agency, people[1])
    forward.introduced(world.agency, people[2])
    forward.offered(world.agency, people[3])
    columns = {one.stage: one for one in client.get(BOARD).context["board"].columns}
    assert {stage: [card.name for card in one.cards] for stage, one in columns.items() if one.total} == {
        "preparing": ["free"],
        "proposed": ["asked"],
        "introduced": ["met"],
        "offered": ["wanted"],
    }
    assert next(iter(columns)) == "preparing"
    assert [one.cards[0].next_label for one in columns.values() if one.total] == [
        "求人を案内",
        "",
        "書類選考へ進める",
        "内定の承諾を記録",
    ]
    [card] = columns["introduced"].cards
    client.post(card.choice.url, {"seen": card.seen})
    assert forward.stored(world.agency, card.id).state == "screening"


def test_board_is_narrowed_by_adviser(world: World, client: Client, aoi: uuid.UUID) -> None:
    forward.proposed(world.agency, aoi)
    choices = dict(client.get(BOARD).context["board"].form.fields["adviser"].choices)
    by_name = {name: code for code, name in choices.items()}
    assert client.get(BOARD, {"adviser": by_name["agency manager"]}).context["board"].total == 1
    assert "このアドバイザーの担当はありません" in text(client.get(BOARD, {"adviser": by_name["agency adviser"]}))


def test_pages_ask_as_often_for_three_as_for_one(world: World, link: story.Link, client: Client) -> None:
    posting = forward.posting(world.agency).pk
    counts: dict[str, list[int]] = {}
    for number in range(3):
        taken = desk.taken(world.agency, link, f"{number}@people.example")
        desk.taken(world.agency, link, f"free{number}@people.example")
        found = forward.proposed(world.agency, taken, posting)
        ended = forward.introduced(world.agency, taken)
        send(client, world.agency, "withdraw", ended, reason="other")
        client.get(LIST)
        addresses = {
            "list": LIST,
            "ended": f"{LIST}?state=ended",
            "board": BOARD,
            "one": page_of(found),
            "choose": reverse("agency:introduce", args=[taken]),
        }
        for name, address in addresses.items():
            counts.setdefault(name, []).append(desk.asked(client, address))
    assert {name: (one, one <= desk.MOST_QUERIES) for name, [one, *_more] in counts.items()} == {
        name: (three, True) for name, [*_less, three] in counts.items()
    }


def test_file_of_a_person_shows_their_introductions(world: World, client: Client, aoi: uuid.UUID) -> None:
    address = reverse("agency:person", args=[aoi])
    assert "まだありません。求人を案内して" in text(client.get(address))
    forward.proposed(world.agency, aoi)
    page = client.get(address)
    assert [row.line.state for row in page.context["page"].introductions] == ["proposed"]
    assert reverse("agency:introduce", args=[aoi]) in page.content.decode()
