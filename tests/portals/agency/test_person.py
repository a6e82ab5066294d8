from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.urls import reverse
from django.utils.html import escape

from career_relay.domain.ground.agencies.models import Licence
from career_relay.domain.people.routing.models import Contact
from career_relay.flows import erase_candidate, withdraw_consent
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.portals.agency import desk
from tests.portals.agency.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

CALL: typing.Final = {"channel": "phone", "purpose": "first", "summary": "経理の経験を聞いた。"}
UGLY: typing.Final = ["<b>太郎</b> & \"花\" 'x'", "{{ name }} {% now %} 太郎", "漢" * 100, "𠮷野 家子", "O’Brien d'Arc"]


@pytest.fixture
def link(world: World) -> story.Link:
    desk.open_agency(world)
    return story.open_link(world.alpha, desk.before())


@pytest.fixture
def aoi(world: World, link: story.Link) -> uuid.UUID:
    """The assignment of somebody whom the agency looks after."""
    return desk.taken(world.agency, link, name="髙﨑 葵", phone="090-1234-5678", occupation="経理（月次決算）")


def file_of(assignment_id: uuid.UUID) -> str:
    return reverse("agency:person", args=[assignment_id])


def now_typed() -> str:
    return f"{clock.now().astimezone(clock.TOKYO):%Y-%m-%dT%H:%M}"


def contacts(world: World) -> list[tuple[str, str]]:
    with acting_as(organization=world.agency.id):
        return list(Contact.objects.order_by("recorded_at").values_list("channel", "summary"))


def person_of(world: World, assignment_id: uuid.UUID) -> uuid.UUID:
    return desk.stored(world.agency, assignment_id).candidate_id


def licence_is_over(world: World) -> None:
    """Make the agency's licence end yesterday, as an operator may write it."""
    with acting_as(organization=world.agency.id, user=world.operator.owner.pk):
        Licence.objects.update(valid_until=clock.day_in_japan(clock.now() - dt.timedelta(days=1)))


def test_file_says_who_it_is_what_they_wish_and_what_is_to_be_done(world: World, aoi: uuid.UUID) -> None:
    page = signed_in(world.agency.owner).get(file_of(aoi))
    shown = text(page)
    for words in (
        "髙﨑 葵 さん",
        "09012345678",
        "aoi@people.example",
        "経理（月次決算）",
        "東京都",
        "最初の連絡をしてください",
    ):
        assert words in shown, words
    assert "本籍" in shown


def test_nothing_of_the_employer_that_rejected_stands_on_any_page(world: World, aoi: uuid.UUID) -> None:
    client = signed_in(world.agency.owner)
    pages = [reverse("agency:home"), reverse("agency:people"), file_of(aoi), reverse("agency:person_end", args=[aoi])]
    for address in pages:
        shown = client.get(address).content.decode()
        assert not {word for word in ("アルファ", "alpha", str(world.alpha.id), "お見送り") if word in shown}, address


@pytest.mark.parametrize("name", UGLY, ids=["html", "template", "long", "surrogate pair", "apostrophes"])
def test_name_is_shown_as_it_is_written(world: World, link: story.Link, name: str) -> None:
    assignment = desk.taken(world.agency, link, name=name, occupation=name)
    client = signed_in(world.agency.owner)
    assert client.get(file_of(assignment)).content.decode().count(f"<dd>{escape(name)}</dd>") == 2
    for address in (reverse("agency:home"), reverse("agency:people")):
        assert f">{escape(name)}</a>" in client.get(address).content.decode()


def test_contact_is_recorded_and_keeps_the_promise(world: World, aoi: uuid.UUID) -> None:
    client = signed_in(world.agency.users["adviser"])
    answer = client.post(file_of(aoi), {**CALL, "happened_at": now_typed()})
    assert answer.headers["Location"] == file_of(aoi)
    page = text(client.get(file_of(aoi)))
    assert "連絡を記録しました。" in page
    assert "初回連絡（電話）" in page
    assert "経理の経験を聞いた。" in page
    assert "記録：agency adviser" in page
    assert "最初の連絡をしてください" not in page
    assert "最初の連絡を待っている方 0 名" in text(client.get(reverse("agency:home")))


def test_contact_in_the_minute_of_acceptance_is_taken(world: World, link: story.Link) -> None:
    now = (desk.before() + 2 * desk.A_MINUTE).replace(second=30)
    assignment = desk.assignment_of(desk.person_comes(link))
    desk.accept(world.agency, assignment, now)
    typed = f"{now.astimezone(clock.TOKYO):%Y-%m-%dT%H:%M}"
    signed_in(world.agency.owner).post(file_of(assignment), {**CALL, "happened_at": typed})
    assert len(contacts(world)) == 1


def test_contact_sent_twice_is_recorded_once(world: World, aoi: uuid.UUID) -> None:
    client = signed_in(world.agency.owner)
    sent = {**CALL, "happened_at": now_typed()}
    assert [client.post(file_of(aoi), sent).status_code for _click in range(2)] == [302, 302]
    assert contacts(world) == [("phone", "経理の経験を聞いた。")]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"happened_at": ""}, "連絡した日時が入力されていません"),
        ({"happened_at": "2019-01-01T10:00"}, "引き受けたときから今までの間"),
        ({"channel": "pigeon"}, "正しく選択してください"),
        ({"summary": "あ" * 501}, "500"),
    ],
)
def test_contact_that_does_not_fit_is_refused_and_kept_as_typed(
    world: World, aoi: uuid.UUID, changed: dict[str, str], words: str
) -> None:
    sent = {**CALL, "happened_at": now_typed(), **changed}
    page = signed_in(world.agency.owner).post(file_of(aoi), sent)
    assert words in text(page)
    assert sent["summary"] in page.content.decode()
    assert contacts(world) == []


def test_words_about_what_must_not_be_asked_are_asked_about_once(world: World, aoi: uuid.UUID) -> None:
    client = signed_in(world.agency.owner)
    sent = {**CALL, "summary": "ご家族の職業と宗教を聞いた。", "happened_at": now_typed()}
    page = client.post(file_of(aoi), sent)
    assert "（家族、宗教）" in text(page)
    assert contacts(world) == []
    assert "is_checked" in page.content.decode()
    assert "is_checked" not in client.get(file_of(aoi)).content.decode()
    client.post(file_of(aoi), {**sent, "summary": "家族向けの施設で働きたい。", "is_checked": "on"})
    assert contacts(world) == [("phone", "家族向けの施設で働きたい。")]


def test_adviser_is_changed_among_the_agencys_people(world: World, aoi: uuid.UUID) -> None:
    with acting_as(organization=world.agency.id):
        members = {one.role: str(one.pk) for one in world.agency.organization.members.all()}
    with acting_as(organization=world.beta.id):
        foreign = world.beta.organization.members.first()
    assert foreign is not None
    client, address = signed_in(world.agency.owner), reverse("agency:person_adviser", args=[aoi])
    client.post(address, {"adviser": members["adviser"]})
    assert "担当アドバイザー：agency adviser" in text(client.get(file_of(aoi)))
    for wrong in (str(foreign.pk), "x", ""):
        assert client.post(address, {"adviser": wrong}).status_code == 404
    assert str(desk.stored(world.agency, aoi).adviser_id) == members["adviser"]


def test_ending_says_what_it_means_and_takes_the_name_away(world: World, aoi: uuid.UUID) -> None:
    client, address = signed_in(world.agency.owner), reverse("agency:person_end", args=[aoi])
    client.post(file_of(aoi), {**CALL, "happened_at": now_typed()})
    assert "元に戻せません" in text(client.get(address))
    assert "理由が選ばれていません" in text(client.post(address, {"reason": ""}))
    assert client.post(address, {"reason": "agency_unable"}).headers["Location"] == reverse("agency:people")
    page = client.get(file_of(aoi))
    assert "この方の担当は終わりました" in text(page)
    assert "支援を続けられなくなった" in text(page)
    assert "経理の経験を聞いた。" in text(page)
    assert not {word for word in ("髙﨑", "aoi@", "09012345678", "月次決算") if word in page.content.decode()}


def test_ending_twice_and_writing_afterwards_change_nothing(world: World, aoi: uuid.UUID) -> None:
    client, address = signed_in(world.agency.owner), reverse("agency:person_end", args=[aoi])
    client.post(address, {"reason": "agency_unable"})
    ended = desk.stored(world.agency, aoi)
    assert client.post(address, {"reason": "unreachable"}).headers["Location"] == file_of(aoi)
    client.post(file_of(aoi), {**CALL, "happened_at": now_typed()})
    assert (desk.stored(world.agency, aoi).end_reason, contacts(world)) == (ended.end_reason, [])


@pytest.mark.parametrize("leaves", ["withdraws", "erases"])
def test_person_who_leaves_is_gone_from_the_file_at_once(world: World, aoi: uuid.UUID, leaves: str) -> None:
    client, person = signed_in(world.agency.owner), person_of(world, aoi)
    client.post(file_of(aoi), {**CALL, "happened_at": now_typed()})
    if leaves == "withdraws":
        withdraw_consent.withdraw_consent(candidate_id=person, now=clock.now())
    else:
        erase_candidate.erase_candidate(candidate_id=person, now=clock.now())
    page = client.get(file_of(aoi))
    assert "この方の担当は終わりました" in text(page)
    assert not {word for word in ("髙﨑", "aoi@", "09012345678") if word in page.content.decode()}
    assert ("経理の経験" in text(page)) is (leaves == "withdraws")


def test_agency_whose_licence_is_over_reads_and_does_not_write(world: World, aoi: uuid.UUID) -> None:
    licence_is_over(world)
    client = signed_in(world.agency.owner)
    page = client.get(file_of(aoi))
    assert "髙﨑 葵 さん" in text(page)
    assert "いまは、見るだけです" in text(page)
    assert "<textarea" not in page.content.decode()
    client.post(file_of(aoi), {**CALL, "happened_at": now_typed()})
    assert contacts(world) == []


def test_agency_whose_licence_is_over_gives_the_person_back(world: World, aoi: uuid.UUID) -> None:
    licence_is_over(world)
    client, address = signed_in(world.agency.owner), reverse("agency:person_end", args=[aoi])
    assert "担当を終えることは、いまもできます。" in text(client.get(reverse("agency:home")))
    assert f'href="{address}"' in client.get(file_of(aoi)).content.decode()
    shown = text(client.get(address))
    assert "いまは、見るだけです" in shown
    assert "担当を終えることは、いまもできます。" in shown
    assert client.post(address, {"reason": "agency_unable"}).headers["Location"] == reverse("agency:people")
    ended = desk.stored(world.agency, aoi)
    assert (ended.state, ended.end_reason) == ("ended", "agency_unable")


def test_file_of_another_agency_is_not_there(world: World, aoi: uuid.UUID) -> None:
    other = desk.open_agency(world, make_tenant("agency", "よその人材紹介株式会社", "other"))
    client = signed_in(other.owner)
    end, adviser = reverse("agency:person_end", args=[aoi]), reverse("agency:person_adviser", args=[aoi])
    answers = [
        client.get(file_of(aoi)),
        client.post(file_of(aoi), {**CALL, "happened_at": now_typed()}),
        client.get(end),
        client.post(end, {"reason": "unreachable"}),
        client.post(adviser, {"adviser": "x"}),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert "髙﨑" not in "".join(answer.content.decode() for answer in answers)
    assert (desk.stored(world.agency, aoi).state, contacts(world)) == ("active", [])


def test_offer_has_no_file_before_it_is_accepted(world: World, link: story.Link) -> None:
    assignment = desk.assignment_of(desk.person_comes(link))
    assert signed_in(world.agency.owner).get(file_of(assignment)).status_code == 404


def test_file_asks_as_often_for_three_contacts_as_for_one(world: World, aoi: uuid.UUID) -> None:
    client = signed_in(world.agency.owner)
    client.post(file_of(aoi), {**CALL, "happened_at": now_typed()})
    one = desk.asked(client, file_of(aoi))
    for number in range(2):
        client.post(file_of(aoi), {**CALL, "summary": f"{number}", "happened_at": now_typed()})
    client.get(file_of(aoi))
    assert len(contacts(world)) == 3
    assert desk.asked(client, file_of(aoi)) == one <= desk.MOST_QUERIES
