from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.urls import reverse

from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.hiring.applications.models import Correction
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests import hiring
from tests.flows import mailings, rivals
from tests.portals.employer import files
from tests.portals.employer.desk import DAY, signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from django.test import Client

    from career_relay.domain.hiring.applications.models import Application
    from tests.portals.pages import Answer
    from tests.world import Tenant, World

A_DAY = dt.timedelta(days=1)
FIRST = clock.day_in_japan(DAY)
WHY = "本人からの電話で確認したため"


def address(made: Application) -> str:
    return reverse("employer:applicant", args=[made.applicant_id])


def correction(made: Application) -> str:
    return reverse("employer:application_correct", args=[made.applicant_id, made.pk])


def sent(client: Client, made: Application, **typed: typing.Any) -> Answer:
    """Open the form, change what is named, and send it with everything the browser sends along."""
    form = client.get(correction(made)).context["form"]
    values = {f"initial-{name}": value for name, value in form.initial.items()}
    everything = {**values, **form.initial, "why": WHY, **typed}
    return client.post(correction(made), {name: "" if value is None else value for name, value in everything.items()})


def corrections(tenant: Tenant) -> list[tuple[str, str, str, str]]:
    with acting_as(organization=tenant.id):
        made = Correction.objects.order_by("corrected_at", "field").values_list("field", "before", "after", "reason")
        return list(made)


def test_person_page_holds_what_the_file_said(world: World) -> None:
    who = files.person(
        world.alpha,
        "𠮷田 髙﨑",
        kana="ヨシダ タカサキ",
        email="yoshida@people.example",
        phone="+819012345678",
        prefecture="13",
    )
    made = files.application(
        world.alpha,
        who,
        posting=files.posting(world.alpha),
        medium="求人サイト",
        recruiter="人事 太郎",
        reason="経験年数",
        note="二行の\n備考",
        days={"applied": FIRST, "documents": FIRST + A_DAY},
    )
    page = text(signed_in(world.alpha.owner).get(address(made)))
    for words in ("𠮷田 髙﨑", "ヨシダ タカサキ", "yoshida@people.example", "+819012345678", "東京都", "Web エンジニア", "求人サイト",
                  "人事 太郎", "経験年数", "二行の", "不採用（会社判断）", "未通知", "採用管理システム"):  # fmt: skip
        assert words in page, words
    assert page.index(f"{FIRST + A_DAY:%Y/%m/%d}") < page.rindex(f"{FIRST:%Y/%m/%d}")


def test_page_belongs_to_the_room_of_the_applicants(world: World) -> None:
    items = signed_in(world.alpha.owner).get(address(files.application(world.alpha))).context["frame"].navigation
    assert [str(item.label) for item in items if item.current] == ["応募者"]


def test_person_with_hardly_anything_known_still_has_a_page(world: World) -> None:
    made = files.application(world.alpha, files.person(world.alpha, "林", kana=""), outcome="in_progress", days={})
    page = signed_in(world.alpha.owner).get(address(made))
    [card] = page.context["page"].applications
    assert (card.title, card.stages, card.is_waiting) == ("求人の記録がない応募", [], False)
    assert "段階ごとの日付は、取り込んだファイルにありませんでした。" in text(page)


def test_every_application_of_a_person_is_on_the_page_newest_first(world: World) -> None:
    who = files.person(world.alpha)
    for number in range(3):
        files.application(
            world.alpha, who, posting=files.posting(world.alpha, f"求人 {number}"), applied_at=DAY + number * A_DAY
        )
    page = signed_in(world.alpha.owner).get(reverse("employer:applicant", args=[who.pk])).context["page"]
    assert [card.title for card in page.applications] == ["求人 2", "求人 1", "求人 0"]


def test_page_asks_as_often_for_three_applications_as_for_one(world: World) -> None:
    client, who = signed_in(world.alpha.owner), files.person(world.alpha)
    made = files.application(world.alpha, who, posting=files.posting(world.alpha))
    sent(client, made, recruiter="一人目")
    one = files.asked(client, address(made))
    for number in range(2):
        files.application(world.alpha, who, posting=files.posting(world.alpha, f"求人 {number}"))
        sent(client, made, recruiter=f"{number} 人目")
    assert files.asked(client, address(made)) == one <= files.MOST_QUERIES


def test_field_manager_sees_the_applications_of_own_postings_alone(world: World) -> None:
    manager, who = world.alpha.users["hiring_manager"], files.person(world.alpha)
    own = files.application(world.alpha, who, posting=files.posting(world.alpha, "自分の求人", manager=manager))
    files.application(world.alpha, who, posting=files.posting(world.alpha, "ほかの求人"), reason="ひみつの理由")
    other = files.application(world.alpha, posting=files.posting(world.alpha, "三つ目"))
    client = signed_in(manager)
    page = client.get(address(own))
    assert [card.title for card in page.context["page"].applications] == ["自分の求人"]
    assert [word for word in ("ほかの求人", "ひみつの理由", "値を修正") if word in page.content.decode()] == []
    assert client.get(address(other)).status_code == 404


def test_pages_of_people_open_by_right(world: World) -> None:
    made = files.application(world.alpha)
    opened = {
        role: tuple(signed_in(user).get(page).status_code for page in (address(made), correction(made)))
        for role, user in world.alpha.users.items()
    }
    assert opened == {
        "owner": (200, 200),
        "recruiter": (200, 200),
        "hiring_manager": (404, 403),
        "analyst": (403, 403),
        "auditor": (200, 403),
    }


def test_people_of_another_employer_are_not_there(world: World) -> None:
    foreign, own = files.application(world.beta), files.application(world.alpha)
    client = signed_in(world.alpha.owner)
    mixed = reverse("employer:application_correct", args=[own.applicant_id, foreign.pk])
    answers = [
        client.get(address(foreign)),
        client.get(correction(foreign)),
        client.post(correction(foreign), {"why": WHY}),
    ]
    answers += [client.get(mixed), client.post(mixed, {"why": WHY, "recruiter": "x"})]
    assert {answer.status_code for answer in answers} == {404}
    assert corrections(world.beta) == []


def test_correction_keeps_what_was_what_is_who_and_why(world: World) -> None:
    made = files.application(world.alpha, recruiter="人事 太郎")
    client = signed_in(world.alpha.users["recruiter"])
    answer = sent(client, made, recruiter="人事 花子", email="yuki@people.example")
    now = hiring.fresh(made)
    assert answer.headers["Location"] == address(made)
    assert (now.recruiter, now.applicant.email) == ("人事 花子", "yuki@people.example")
    assert corrections(world.alpha) == [
        ("email", "", "yuki@people.example", WHY),
        ("recruiter", "人事 太郎", "人事 花子", WHY),
    ]
    page = text(client.get(address(made)))
    assert "担当者：人事 太郎 → 人事 花子" in page
    assert f"alpha recruiter さん。理由：{WHY}" in page
    assert "修正を記録しました。" in page


def test_corrected_outcome_and_day_are_told_in_words(world: World) -> None:
    made = files.application(world.alpha, outcome="in_progress")
    client = signed_in(world.alpha.owner)
    sent(client, made, outcome="rejected", decided_at=FIRST.isoformat())
    page = text(client.get(address(made)))
    assert "結果：選考中 → 不採用（会社判断）" in page
    assert f"（空） → {FIRST:%Y/%m/%d}" in page


def test_correction_without_a_reason_keeps_what_was_typed(world: World) -> None:
    made = files.application(world.alpha)
    answer = sent(signed_in(world.alpha.owner), made, recruiter="人事 花子", why="")
    assert answer.context["form"].errors.keys() == {"why"}
    assert answer.context["form"]["recruiter"].value() == "人事 花子"
    assert "<title>エラー：" in answer.content.decode()
    assert corrections(world.alpha) == []


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({}, 200, "値がどれも変わっていません"),
        ({"left_on": FIRST.isoformat()}, 400, "退職日を修正できません"),
        ({"outcome": "in_progress", "told_at": FIRST.isoformat()}, 400, "結果が「選考中」のためです"),
        ({"name": ""}, 200, "氏名"),
        ({"email": "x@"}, 200, "メールアドレス"),
        ({"outcome": "nonsense"}, 200, "結果"),
        ({"decided_at": "きのう"}, 200, "決定日"),
    ],
)
def test_correction_that_can_not_be_says_why_and_changes_nothing(
    world: World, typed: dict[str, str], status: int, words: str
) -> None:
    made = files.application(world.alpha)
    answer = sent(signed_in(world.alpha.owner), made, **typed)
    errors = answer.context["form"].errors
    assert (answer.status_code, bool(errors), corrections(world.alpha)) == (status, True, [])
    assert words in text(answer)


@pytest.mark.parametrize("held", ["applications_application", "applications_applicant"])
def test_correction_while_a_file_holds_the_application_says_so_and_keeps_what_was_typed(
    fresh_database: dict[str, str], held: str
) -> None:
    alpha = make_tenant("employer", "アルファ精機株式会社", "alpha")
    made = files.application(alpha)
    client = signed_in(alpha.owner)
    with rivals.holding(held, fresh_database["superuser"]):
        answer = sent(client, made, recruiter="人事 花子")
    assert (answer.status_code, answer.context["form"]["recruiter"].value()) == (409, "人事 花子")
    assert "1 分ほど待ってから、もう一度お試しください。" in text(answer)
    assert corrections(alpha) == []
    assert sent(client, made, recruiter="人事 花子").status_code == 302


def test_page_left_open_takes_no_other_correction_back(world: World) -> None:
    made = files.application(world.alpha, recruiter="人事 太郎", reason="経験年数")
    client = signed_in(world.alpha.owner)
    opened = client.get(correction(made)).context["form"].initial
    sent(client, made, recruiter="人事 花子")
    kept = {f"initial-{name}": value for name, value in opened.items()}
    stale = {**kept, **opened, "reason": "希望勤務地", "why": WHY}
    client.post(correction(made), {name: "" if value is None else value for name, value in stale.items()})
    now = hiring.fresh(made)
    assert (now.recruiter, now.reason) == ("人事 花子", "希望勤務地")


def test_waiting_mail_is_shown_and_falls_away_with_its_decision(world: World) -> None:
    at = mailings.desk(world.alpha)
    made = mailings.apply(at)
    mailings.queued(at, [made.pk])
    client = signed_in(world.alpha.owner)
    page = client.get(address(made))
    [mail] = page.context["page"].notices
    assert (page.context["page"].applications[0].is_on_its_way, mail.tone) == (True, "info")
    assert "この応募は、連絡の送信を待っています" in text(client.get(correction(made)))
    sent(client, made, outcome="in_progress", decided_at="")
    page = client.get(address(made))
    [mail] = page.context["page"].notices
    assert (page.context["page"].applications[0].is_on_its_way, mail.tone) == (False, "negative")
    assert "まだ送っていなかった連絡を取りやめました。" in text(page)


def test_mail_that_is_being_sent_is_said_to_be_too_late_to_take_back(world: World) -> None:
    at = mailings.desk(world.alpha)
    made = mailings.apply(at)
    mailing = mailings.queued(at, [made.pk])
    assert mailing.due_at is not None
    mailings.claim(at, mailing, mailing.due_at)
    client = signed_in(world.alpha.owner)
    sent(client, made, outcome="in_progress", decided_at="")
    assert "連絡はすでに送り始めていたため、取りやめられませんでした。" in text(client.get(address(made)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"recruiter": "人事 花子"}, "修正を記録しました。"),
        ({"email": "new@people.example"}, "連絡のメールは送信済みで、修正の前の内容です。"),
    ],
)
def test_mail_that_was_sent_is_only_spoken_of_when_it_said_something_else(
    world: World, changes: dict[str, str], words: str
) -> None:
    at = mailings.desk(world.alpha)
    made = mailings.apply(at)
    mailing = mailings.queued(at, [made.pk])
    assert mailing.due_at is not None
    assert mailings.send_all(at, mailing, mailing.due_at)
    client = signed_in(world.alpha.owner)
    sent(client, made, **changes)
    page = text(client.get(address(made)))
    assert words in page
    assert "取りやめ" not in page


def test_notices_are_shown_by_right(world: World) -> None:
    at = mailings.desk(world.alpha)
    with acting_as(organization=world.alpha.id):
        seat = world.alpha.organization.members.get(user=world.alpha.users["hiring_manager"])
        JobPosting.objects.filter(pk=at.posting.pk).update(manager=seat)
    made = mailings.apply(at)
    mailings.queued(at, [made.pk])
    shown = {
        role: len(signed_in(world.alpha.users[role]).get(address(made)).context["page"].notices)
        for role in ("owner", "recruiter", "hiring_manager", "auditor")
    }
    assert shown == {"owner": 1, "recruiter": 1, "hiring_manager": 0, "auditor": 1}


def test_analyst_and_auditor_correct_nothing(world: World) -> None:
    made = files.application(world.alpha, recruiter="人事 太郎")
    for role in ("hiring_manager", "analyst", "auditor"):
        answer = signed_in(world.alpha.users[role]).post(correction(made), {"why": WHY, "recruiter": "x"})
        assert answer.status_code == 403
    assert hiring.fresh(made).recruiter == "人事 太郎"


def test_person_that_never_was_is_not_found(world: World) -> None:
    nobody: uuid.UUID = world.alpha.owner.pk
    assert signed_in(world.alpha.owner).get(reverse("employer:applicant", args=[nobody])).status_code == 404
