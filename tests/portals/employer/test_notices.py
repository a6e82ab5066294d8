from __future__ import annotations

import typing

import pytest

from career_relay.domain.hiring.notices.models import Mailing, Notice, Template
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings
from tests.portals.employer import files
from tests.portals.employer.desk import signed_in, text
from tests.portals.employer.notice_pages import LIST, NEW, choose, notice_ids, page, stored, template_id, written

if typing.TYPE_CHECKING:
    from django.test import Client

    from tests.flows.mailings import Desk
    from tests.world import World

STEPS = ("notice_write", "notice_preview", "notice_confirm")


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha)


@pytest.fixture
def client(at: Desk) -> Client:
    return signed_in(at.tenant.users["recruiter"])


def lead_to(client: Client, address: str) -> str:
    return str(client.get(address).headers.get("Location", ""))


def test_empty_list_says_where_a_mailing_begins(world: World) -> None:
    shown = signed_in(world.alpha.owner).get(LIST)
    assert "送信は、まだありません" in text(shown)
    assert 'href="/employer/untold/"' in shown.content.decode()


def test_choosing_begins_a_draft_with_texts_to_choose_from(world: World) -> None:
    client = signed_in(world.alpha.owner)
    application = files.application(world.alpha)
    answer = client.post(NEW, {"application": [str(application.pk)]})
    with acting_as(organization=world.alpha.id):
        mailing = Mailing.objects.get()
        templates = Template.objects.count()
    assert (answer.headers["Location"], templates) == (page("notice_write", mailing.pk), 18)


def test_all_of_a_filter_are_chosen_without_their_ids(at: Desk, client: Client) -> None:
    mailings.crowd(at, 3)
    mailings.crowd(at, 2, recruiter="鈴木", stage="final")
    client.post(NEW, {"all": "1", "filter": "stage=final&outcome=rejected"})
    [mailing] = stored(at)
    assert len(notice_ids(at, mailing)) == 2


@pytest.mark.parametrize("posted", [{}, {"application": ["x", "", "' OR 1=1"]}, {"all": "1", "filter": "stage=offer"}])
def test_nobody_chosen_is_said_and_makes_no_draft(at: Desk, client: Client, posted: dict[str, str]) -> None:
    answer = client.post(NEW, posted)
    assert (answer.status_code, stored(at)) == (422, [])
    assert "連絡する方が選ばれていません" in text(answer)


def test_application_of_another_employer_can_not_be_chosen(world: World, at: Desk, client: Client) -> None:
    foreign = files.application(world.beta)
    assert (client.post(NEW, {"application": [str(foreign.pk)]}).status_code, stored(at)) == (422, [])


def test_page_of_choosing_leads_to_the_lists(client: Client) -> None:
    shown = client.get(NEW).content.decode()
    assert [address in shown for address in ('href="/employer/untold/"', 'href="/employer/applications/"')] == [
        True,
        True,
    ]


def test_writing_shows_a_sample_of_the_template_in_the_address(at: Desk, client: Client) -> None:
    mailing_id = choose(client, mailings.crowd(at, 2))
    nothing = client.get(page("notice_write", mailing_id))
    shown = client.get(page("notice_write", mailing_id), {"template": str(template_id(at)), "link": "0"})
    assert (nothing.context["page"].sample, "2 名に送れます" in text(nothing)) == (None, True)
    assert ("山田 花子 様" in text(shown), "{{" in text(shown)) == (True, False)
    assert [one.current for one in shown.context["page"].endings] == [False, True]


def test_writing_says_who_is_left_out_and_why(at: Desk, client: Client) -> None:
    chosen = [
        *mailings.crowd(at, 1),
        mailings.apply(at, outcome="withdrew").pk,
        mailings.apply(at, "住所 なし", email="").pk,
    ]
    shown = text(client.get(page("notice_write", choose(client, chosen))))
    assert (
        "選んだ 3 名" in shown,
        "ご本人が辞退しています 1 名" in shown,
        "メールアドレスがありません 1 名" in shown,
    ) == (
        True,
        True,
        True,
    )


def test_written_choice_is_kept_and_leads_to_the_preview(at: Desk, client: Client) -> None:
    mailing_id = choose(client, mailings.crowd(at, 1))
    posted = {"template": str(template_id(at)), "link": "1", "reply_to": "saiyo@alpha.example"}
    answer = client.post(page("notice_write", mailing_id), posted)
    [mailing] = stored(at)
    assert answer.headers["Location"] == page("notice_preview", mailing_id)
    assert (mailing.has_link, mailing.reply_to) == (True, "saiyo@alpha.example")
    again = client.get(page("notice_write", mailing_id)).context["form"]
    assert (str(again["template"].value()), again["link"].value()) == (str(template_id(at)), "1")


def test_reply_address_is_at_first_the_members_own(at: Desk, client: Client) -> None:
    mailing_id = choose(client, mailings.crowd(at, 1))
    shown = client.get(page("notice_write", mailing_id), {"template": str(template_id(at))})
    assert shown.context["form"]["reply_to"].value() == "recruiter@alpha.example"


@pytest.mark.parametrize("reply_to", ["", "nowhere", "a@b.example\nBcc: x@y.example"])
def test_broken_reply_address_is_refused_at_the_form(at: Desk, client: Client, reply_to: str) -> None:
    mailing_id = choose(client, mailings.crowd(at, 1))
    posted = {"template": str(template_id(at)), "link": "0", "reply_to": reply_to}
    answer = client.post(page("notice_write", mailing_id), posted)
    assert (answer.status_code, answer.context["form"].is_valid(), stored(at)[0].template_version) == (200, False, None)


def test_without_basis_the_link_can_not_be_chosen_and_the_way_is_shown(world: World) -> None:
    at = mailings.desk(world.alpha, joins=False)
    client = signed_in(world.alpha.owner)
    mailing_id = choose(client, mailings.crowd(at, 1))
    address = page("notice_write", mailing_id)
    shown = client.get(address, {"template": str(template_id(at))})
    body = shown.content.decode()
    assert ('href="/employer/links/basis/"' in body, 'value="1" required id="id_link_0" disabled' in body) == (
        True,
        True,
    )
    answer = client.post(address, {"template": str(template_id(at)), "link": "1", "reply_to": "a@alpha.example"})
    assert "リンクを載せられません" in str(answer.context["form"].errors)
    assert stored(at)[0].template_version is None


def test_preview_shows_the_first_mail_as_text_and_frames_its_html(at: Desk, client: Client) -> None:
    mailing = written(at)
    shown = client.get(page("notice_preview", mailing.pk))
    mail = shown.context["page"].mail
    frame = page("notice_mail_html", mailing.pk, mail.notice_id)
    assert (mail.name in text(shown), f'src="{frame}"' in shown.content.decode()) == (True, True)
    html = client.get(frame)
    assert (html.headers["X-Frame-Options"], "script-src" in html.headers["Content-Security-Policy"]) == (
        "SAMEORIGIN",
        False,
    )
    assert (mail.name in html.content.decode(), "/r/" in html.content.decode()) == (True, False)


def test_random_mail_is_another_one_with_another_turn(at: Desk, client: Client) -> None:
    mailing = written(at, 30)
    seen = {
        client.get(page("notice_preview", mailing.pk), {"which": "random", "seed": str(turn)}).context["page"].mail.name
        for turn in range(1, 6)
    }
    assert len(seen) > 1


def test_unusual_names_are_shown_one_by_one(at: Desk, client: Client) -> None:
    mailing = written(at, 8)
    first = client.get(page("notice_preview", mailing.pk), {"which": "notable"}).context["page"]
    second = client.get(page("notice_preview", mailing.pk), {"which": "notable", "mail": "1"}).context["page"]
    assert (first.mail.name, second.mail.name) == tuple(one.label for one in first.others[:2])
    assert first.mail.name == "O'Brien Siobhán 4"


def test_person_is_taken_out_and_put_back(at: Desk, client: Client) -> None:
    mailing = written(at)
    who = notice_ids(at, mailing)[0]
    client.post(page("notice_take_out", mailing.pk, who), {"which": "to_send"})
    left_out = client.get(page("notice_preview", mailing.pk), {"which": "left_out"})
    assert [row.line.notice_id for row in left_out.context["page"].rows] == [who]
    assert left_out.context["page"].counts.to_send == 2
    client.post(page("notice_put_back", mailing.pk, who))
    assert client.get(page("notice_preview", mailing.pk)).context["page"].counts.to_send == 3


def test_everybody_with_a_problem_is_listed_with_what_helps(at: Desk, client: Client) -> None:
    chosen = [mailings.apply(at, "求人 なし", posting=None).pk, mailings.apply(at, "宛先 なし", email="").pk]
    mailing = mailings.write(at, mailings.draft(at, chosen))
    shown = client.get(page("notice_preview", mailing.pk))
    rows = {row.line.name: row.line.left_out for row in shown.context["page"].rows}
    assert rows == {"求人 なし": "missing_value", "宛先 なし": "no_address"}
    assert ("求人名" in text(shown), "応募者のページでアドレスを入力してください。" in text(shown)) == (True, True)


def test_discarded_draft_is_gone_from_the_list(at: Desk, client: Client) -> None:
    mailing = written(at)
    assert client.post(page("notice_discard", mailing.pk)).headers["Location"] == LIST
    assert (client.get(LIST).context["lines"], stored(at)[0].state) == ([], "discarded")


def test_steps_lead_to_where_the_mailing_is(at: Desk, client: Client) -> None:
    draft = mailings.draft(at, mailings.crowd(at, 1))
    write = page("notice_write", draft.pk)
    assert [lead_to(client, page(name, draft.pk)) for name in (*STEPS, "notice")] == ["", write, write, write]
    queued = mailings.queued(at, mailings.crowd(at, 1, recruiter="鈴木"))
    assert {lead_to(client, page(name, queued.pk)) for name in STEPS} == {page("notice", queued.pk)}


def test_reading_changes_nothing(at: Desk, client: Client) -> None:
    mailing = written(at)
    who = notice_ids(at, mailing)[0]
    reads = [page(name, mailing.pk) for name in STEPS]
    reads += [page("notice_mail", mailing.pk, who), page("notice_mail_html", mailing.pk, who), LIST, NEW]
    assert [files.asked(client, address) <= files.MOST_QUERIES for address in reads] == [True] * len(reads)
    writes = [
        page("notice_discard", mailing.pk),
        page("notice_take_out", mailing.pk, who),
        page("notice_put_back", mailing.pk, who),
    ]
    assert [client.get(address).status_code for address in writes] == [405, 405, 405]


def test_pages_ask_as_often_for_three_people_as_for_one(at: Desk, client: Client) -> None:
    one, three = written(at, 1), written(at, 3)
    for query in ("?which=first", "?which=random", "?which=to_send", "?which=left_out"):
        counts = [files.asked(client, page("notice_preview", mailing.pk) + query) for mailing in (one, three)]
        assert counts[0] == counts[1] <= files.MOST_QUERIES
    before = files.asked(client, LIST)
    written(at, 1)
    assert files.asked(client, LIST) == before <= files.MOST_QUERIES


def test_hostile_values_are_shown_as_what_they_are(at: Desk, client: Client) -> None:
    name = '"><script>alert(1)</script>{{返信先}}'
    with acting_as(organization=at.tenant.id):
        at.posting.title = "<img src=x onerror=alert(1)>"
        at.posting.save()
    mailing = mailings.write(at, mailings.draft(at, [mailings.apply(at, name).pk]))
    [who] = notice_ids(at, mailing)
    addresses = [page("notice_preview", mailing.pk), page("notice_mail_html", mailing.pk, who)]
    addresses += [page("notice_preview", mailing.pk) + "?which=to_send", page("notice_mail", mailing.pk, who)]
    bodies = [client.get(address).content.decode() for address in addresses]
    assert [("<script>alert" in body, "<img src=x" in body, "saiyo@alpha.example様" in body) for body in bodies] == [
        (False, False, False)
    ] * 4


def test_notices_open_by_right(at: Desk) -> None:
    mailing = written(at)
    who = notice_ids(at, mailing)[0]
    reads = (LIST, NEW, *(page(name, mailing.pk) for name in STEPS), page("notice_mail", mailing.pk, who))
    opened = {}
    for role, user in at.tenant.users.items():
        client = signed_in(user)
        posts = [
            client.post(page("notice_take_out", mailing.pk, who)),
            client.post(page("notice_put_back", mailing.pk, who)),
        ]
        opened[role] = [*(client.get(address).status_code for address in reads), *(post.status_code for post in posts)]
    nothing = [403] * 8
    assert opened == {
        "owner": [200, 200, 200, 200, 200, 200, 302, 302],
        "recruiter": [200, 200, 200, 200, 200, 200, 302, 302],
        "hiring_manager": nothing,
        "analyst": nothing,
        "auditor": [200, *nothing[1:]],
    }


def test_mailing_of_another_employer_is_not_there(world: World, at: Desk, client: Client) -> None:
    beta = mailings.desk(world.beta)
    mailing = mailings.write(beta, mailings.draft(beta, [mailings.apply(beta, "かなりあ 花").pk]))
    [who] = notice_ids(beta, mailing)
    one = [page(name, mailing.pk) for name in (*STEPS, "notice", "notice_file", "notice_stop")]
    one += [page(name, mailing.pk, who) for name in ("notice_mail", "notice_mail_html", "notice_resolve")]
    posts = [
        page("notice_discard", mailing.pk),
        *(page(name, mailing.pk, who) for name in ("notice_take_out", "notice_stop_one")),
    ]
    answers = [client.get(address) for address in one] + [client.post(address) for address in posts]
    assert {answer.status_code for answer in answers} == {404}
    assert "かなりあ" not in "".join(answer.content.decode() for answer in [*answers, client.get(LIST)])
    with acting_as(organization=world.beta.id):
        assert list(Notice.objects.values_list("left_out", flat=True)) == [""]


def test_own_address_does_not_open_anothers_person(world: World, at: Desk, client: Client) -> None:
    beta = mailings.desk(world.beta)
    [foreign] = notice_ids(beta, written(beta, 1))
    mine = written(at, 1)
    answers = [
        client.post(page(name, mine.pk, foreign)) for name in ("notice_take_out", "notice_put_back", "notice_stop_one")
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.get(page("notice_mail", mine.pk, foreign)).status_code == 404


def test_address_of_one_mailing_does_not_open_a_person_of_another(at: Desk, client: Client) -> None:
    mine, other = written(at, 1), written(at, 1)
    [who] = notice_ids(at, other)
    names = ("notice_take_out", "notice_put_back", "notice_stop_one")
    assert [client.post(page(name, mine.pk, who)).status_code for name in names] == [404, 404, 404]
    assert list(mailings.left_out(at, other).values()) == [""]


def test_auditor_reads_a_draft_as_it_stands(at: Desk) -> None:
    shown = signed_in(at.tenant.users["auditor"]).get(page("notice", written(at).pk))
    assert "作成中です。まだだれにも送信していません" in text(shown)
    assert "<form" not in shown.content.decode().split("<main", 1)[1].split("</main", 1)[0]


def test_draft_is_a_page_to_read_for_the_auditor_and_a_step_for_the_recruiter(at: Desk, client: Client) -> None:
    mailing = written(at)
    urls = [one.get(LIST).context["lines"][0].url for one in (signed_in(at.tenant.users["auditor"]), client)]
    assert urls == [page("notice", mailing.pk), page("notice_preview", mailing.pk)]
