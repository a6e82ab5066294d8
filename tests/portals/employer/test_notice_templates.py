from __future__ import annotations

import typing

import pytest

from career_relay.domain.hiring.notices import queries, rules
from career_relay.domain.hiring.notices.models import TemplateVersion
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings
from tests.portals.employer import files
from tests.portals.employer.desk import signed_in, text
from tests.portals.employer.notice_pages import TEMPLATES, page, template_id

if typing.TYPE_CHECKING:
    import uuid

    from django.test import Client

    from tests.flows.mailings import Desk
    from tests.world import World

NEW, START = page("notice_template_new"), page("notice_template_start")
WORDS = {
    "subject": "{{会社名}}より選考結果のご連絡",
    "thanks": "{{氏名}} 様\n\nご応募ありがとうございました。",
    "result": "誠に残念ながら、今回はお見送りとなりました。",
    "encouragement": "",
    "invitation": "次の機会のご案内です。",
    "farewell": "",
    "sender": "{{会社名}} {{返信先}}",
}
ABOUT = {"name": "夏の採用", "employment_type": "new_graduate", "stage": "interview", "language": "ja"}


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha)


@pytest.fixture
def client(at: Desk) -> Client:
    return signed_in(at.tenant.users["recruiter"])


def versions(at: Desk, identifier: uuid.UUID) -> list[TemplateVersion]:
    with acting_as(organization=at.tenant.id):
        return queries.versions(at.tenant.id, identifier)


def names(at: Desk) -> list[str]:
    with acting_as(organization=at.tenant.id):
        return [one.template.name for one in queries.templates(at.tenant.id)]


def test_empty_list_offers_texts_to_begin_with(world: World) -> None:
    client = signed_in(world.alpha.owner)
    assert "文面は、まだありません" in text(client.get(TEMPLATES))
    client.post(START)
    client.post(START)
    counts = [tab.count for tab in client.get(TEMPLATES).context["list"].tabs]
    assert counts == [9, 9]


def test_list_is_grouped_by_kind_and_language(at: Desk, client: Client) -> None:
    groups = client.get(TEMPLATES, {"language": "en"}).context["list"].groups
    assert [(name, [one.template.stage for one in written]) for name, written in groups] == [
        (name, ["documents", "interview", "final"]) for name in ("新卒", "中途", "アルバイト・パート")
    ]


def test_template_shows_both_endings_and_its_versions(at: Desk, client: Client) -> None:
    identifier = template_id(at)
    with_link, without = (client.get(page("notice_template", identifier), {"link": one}) for one in "10")
    assert (
        with_link.context["page"].sample.text == without.context["page"].sample.text,
        "第 1 版" in text(without),
    ) == (False, True)
    html = client.get(page("notice_template_html", identifier), {"link": "0"})
    assert (html.headers["X-Frame-Options"], "{{" in html.content.decode()) == ("SAMEORIGIN", False)


def test_template_is_written_anew_and_keeps_what_it_said(at: Desk, client: Client) -> None:
    identifier = template_id(at)
    before = versions(at, identifier)[0]
    answer = client.post(page("notice_template_edit", identifier), WORDS)
    now = versions(at, identifier)
    assert (answer.headers["Location"], [one.version for one in now]) == (page("notice_template", identifier), [2, 1])
    assert (rules.texts_of(now[0]), now[1].thanks) == (rules.Texts(**WORDS), before.thanks)
    old = client.get(page("notice_template", identifier), {"version": "1"})
    assert ("前の版を表示しています" in text(old), now[0].written_by.name) == (True, "alpha recruiter")


def test_looking_shows_the_mails_and_saves_nothing(at: Desk, client: Client) -> None:
    identifier = template_id(at)
    answer = client.post(page("notice_template_edit", identifier), {**WORDS, "result": "見てみるだけ", "look": "1"})
    assert [("見てみるだけ" in mail.text, mail.problem) for _label, mail in answer.context["samples"]] == [
        (True, "")
    ] * 2
    assert (len(versions(at, identifier)), 'value="{{会社名}}より選考結果のご連絡"' in answer.content.decode()) == (
        1,
        True,
    )


@pytest.mark.parametrize(
    ("block", "words", "fault"),
    [
        ("result", "{{年齢}}", "{{年齢}} は差し込めません"),
        ("invitation", "今ならギフト券を進呈", "「ギフト」は使えません"),
        ("invitation", "お祝い金があります", "お祝い金"),
        ("result", "", "入力してください"),
        ("subject", "あ" * 121, "120 文字以内"),
        ("thanks", "{{氏名", "{{ は差し込めません"),
    ],
)
def test_fault_is_said_at_its_block_and_nothing_typed_is_lost(
    at: Desk, client: Client, block: str, words: str, fault: str
) -> None:
    identifier = template_id(at)
    answer = client.post(page("notice_template_edit", identifier), {**WORDS, block: words})
    form = answer.context["form"]
    assert (list(form.errors), fault in str(form.errors[block][0])) == ([block], True)
    assert (form["sender"].value(), form[block].value()) == (WORDS["sender"], words)
    assert len(versions(at, identifier)) == 1


def test_new_template_is_made_and_its_name_can_not_be_taken_twice(at: Desk, client: Client) -> None:
    made = client.post(NEW, {**ABOUT, **WORDS})
    again = client.post(NEW, {**ABOUT, **WORDS})
    assert (made.status_code, list(again.context["form"].errors), names(at).count("夏の採用")) == (302, ["name"], 1)


def test_new_template_may_begin_with_the_words_of_another(at: Desk, client: Client) -> None:
    form = client.get(NEW, {"from": str(template_id(at))}).context["form"]
    assert (form["name"].value(), form["stage"].value()) == ("中途・書類選考 の複製", "documents")
    assert "ご応募" in form["thanks"].value() or "応募" in form["thanks"].value()


def test_looking_at_a_new_template_saves_nothing(at: Desk, client: Client) -> None:
    answer = client.post(NEW, {**ABOUT, **WORDS, "language": "en", "look": "1"})
    assert (len(answer.context["samples"]), [chip.token for chip in answer.context["chips"]][:2]) == (
        2,
        ["{{name}}", "{{family_name}}"],
    )
    assert "夏の採用" not in names(at)


def test_chips_name_every_field(client: Client) -> None:
    shown = client.get(NEW)
    assert [chip.token for chip in shown.context["chips"]] == [
        "{{氏名}}", "{{姓}}", "{{会社名}}", "{{求人名}}", "{{応募日}}", "{{選考段階}}", "{{担当者}}", "{{返信先}}",
    ]  # fmt: skip


def test_archived_template_is_offered_no_more(at: Desk, client: Client) -> None:
    identifier = template_id(at)
    assert "元に戻せません" in text(client.get(page("notice_template_archive", identifier)))
    client.post(page("notice_template_archive", identifier))
    assert (client.get(page("notice_template", identifier)).status_code, "中途・書類選考" in names(at)) == (404, False)


def test_hostile_words_are_shown_as_what_they_are(at: Desk, client: Client) -> None:
    hostile = {**WORDS, "result": "</textarea><script>alert(1)</script>"}
    looked = client.post(page("notice_template_edit", template_id(at)), {**hostile, "look": "1"}).content.decode()
    made = client.post(NEW, {**ABOUT, **hostile, "name": "<b>x</b>"})
    pages = [
        looked,
        *(
            client.get(address).content.decode()
            for address in (made.headers["Location"], f"{made.headers['Location']}html/", TEMPLATES)
        ),
    ]
    assert [("<script>alert" in body, "<b>x</b>" in body) for body in pages] == [(False, False)] * 4


def test_templates_open_by_right(at: Desk) -> None:
    identifier = template_id(at)
    reads = [TEMPLATES, page("notice_template", identifier), page("notice_template_html", identifier)]
    changes = [NEW, page("notice_template_edit", identifier), page("notice_template_archive", identifier)]
    opened = {}
    for role, user in at.tenant.users.items():
        client = signed_in(user)
        gets = [client.get(address).status_code for address in (*reads, *changes)]
        opened[role] = (*gets, client.post(START).status_code)
    all_of_it, nothing = (200, 200, 200, 200, 200, 200, 302), (403,) * 7
    assert opened == {
        "owner": all_of_it,
        "recruiter": all_of_it,
        "hiring_manager": nothing,
        "analyst": nothing,
        "auditor": (200, 200, 200, 403, 403, 403, 403),
    }


def test_template_of_another_employer_is_not_there(world: World, client: Client) -> None:
    beta = mailings.desk(world.beta)
    foreign = signed_in(world.beta.owner).post(NEW, {**ABOUT, **WORDS, "name": "かなりあ"})
    identifier = foreign.headers["Location"].split("/")[-2]
    answers = [client.get(page(f"notice_template{name}", identifier)) for name in ("", "_html", "_edit", "_archive")]
    answers += [client.post(page(f"notice_template{name}", identifier), WORDS) for name in ("_edit", "_archive")]
    assert {answer.status_code for answer in answers} == {404}
    copied = client.get(NEW, {"from": identifier}).content.decode()
    assert "かなりあ" not in copied + client.get(TEMPLATES).content.decode()
    assert "かなりあ" in names(beta)


def test_reading_templates_asks_little_and_changes_nothing(at: Desk, client: Client) -> None:
    identifier = template_id(at)
    addresses = [
        TEMPLATES,
        NEW,
        *(page(f"notice_template{name}", identifier) for name in ("", "_html", "_edit", "_archive")),
    ]
    assert [files.asked(client, address) <= files.MOST_QUERIES for address in addresses] == [True] * 6
    before = [files.asked(client, address) for address in addresses[:3]]
    for number in range(2):
        client.post(page("notice_template_edit", identifier), {**WORDS, "result": f"お見送りです。{number}"})
        client.post(NEW, {**ABOUT, **WORDS, "name": f"夏 {number}"})
    assert [files.asked(client, address) for address in addresses[:3]] == before
    assert client.get(START).status_code == 405
