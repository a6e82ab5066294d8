from __future__ import annotations

import csv
import typing

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.domain.ground.organizations import operations, queries
from career_relay.domain.ground.organizations.models import Invitation, Member
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks.members import invite_members
from tests.portals.account.people import mails_by, signed_in, text
from tests.world import NOW, make_user

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant, World

pytestmark = pytest.mark.django_db

MEMBERS = "/organization/members/"
GUEST = "guest@elsewhere.example"


def invited(tenant: Tenant, email: str = GUEST) -> Invitation:
    with acting_as(organization=tenant.id):
        return operations.invite(
            organization_id=tenant.id,
            email=email,
            role=list(tenant.users)[-1],
            language="ja",
            actor=actors.user(tenant.owner.pk),
            now=clock.now(),
        )


def seat_of(tenant: Tenant, role: str) -> uuid.UUID:
    with acting_as(organization=tenant.id):
        return queries.members(tenant.id).get(user=tenant.users[role]).pk


def roles(tenant: Tenant) -> dict[str, str]:
    with acting_as(organization=tenant.id):
        return {member.user.email: member.role for member in queries.members(tenant.id)}


def test_members_are_listed_with_their_roles_and_nobody_elses(world: World) -> None:
    page = text(signed_in(world.agency.owner).get(MEMBERS))
    for words in (
        "agency manager （あなた）",
        "adviser@agency.example",
        "キャリアアドバイザー",
        "返事を待っている招待はありません",
    ):
        assert words in page, words
    assert "alpha" not in page


def test_members_without_the_right_see_names_and_no_way_to_change(world: World) -> None:
    invited(world.alpha)
    page = signed_in(world.alpha.users["analyst"]).get(MEMBERS).content.decode()
    assert "alpha owner" in page
    assert GUEST not in page
    assert "/organization/members/invite" not in page
    assert str(seat_of(world.alpha, "owner")) not in page


def test_role_is_changed(world: World) -> None:
    client, member_id = signed_in(world.alpha.owner), seat_of(world.alpha, "analyst")
    page = text(client.get(f"{MEMBERS}{member_id}/"))
    assert "分析担当：リンクと台帳の数字を確認できます。メールの宛先は見えません。" in page
    assert "キャリアアドバイザー" not in page
    answer = client.post(f"{MEMBERS}{member_id}/", {"role": "auditor"}, follow=True)
    assert "alpha analystさんの権限を変更しました。" in text(answer)
    assert roles(world.alpha)["analyst@alpha.example"] == "auditor"


@pytest.mark.parametrize("role", ["", "adviser", "operator", "chief"])
def test_role_of_another_kind_is_not_on_offer(world: World, role: str) -> None:
    before = roles(world.alpha)
    answer = signed_in(world.alpha.owner).post(f"{MEMBERS}{seat_of(world.alpha, 'analyst')}/", {"role": role})
    assert answer.status_code == 200
    assert roles(world.alpha) == before


def test_last_owner_stays_owner_and_is_told_why(world: World) -> None:
    client, member_id = signed_in(world.alpha.owner), seat_of(world.alpha, "owner")
    demoted = client.post(f"{MEMBERS}{member_id}/", {"role": "analyst"})
    removed = client.post(f"{MEMBERS}{member_id}/remove/")
    assert (demoted.status_code, removed.status_code) == (200, 409)
    for answer in (demoted, removed):
        assert "組織を管理できる人（オーナー）がいなくなるため" in text(answer)
    assert roles(world.alpha)["owner@alpha.example"] == "owner"


def test_removed_member_finds_nothing_at_the_next_request(world: World) -> None:
    recruiter = signed_in(world.alpha.users["recruiter"])
    assert recruiter.get("/organization/mail/").status_code == 200
    signed_in(world.alpha.owner).post(f"{MEMBERS}{seat_of(world.alpha, 'recruiter')}/remove/")
    for address in ("/organization/", "/organization/mail/", MEMBERS, "/organization/runs/"):
        assert recruiter.get(address).status_code == 404, address
    assert recruiter.get("/home/").headers["Location"] == "/start/"


def test_demoted_member_loses_the_right_at_the_next_request(world: World) -> None:
    recruiter = signed_in(world.alpha.users["recruiter"])
    signed_in(world.alpha.owner).post(f"{MEMBERS}{seat_of(world.alpha, 'recruiter')}/", {"role": "hiring_manager"})
    assert recruiter.get("/organization/mail/").status_code == 403


def test_an_owner_may_leave_when_another_stays(world: World) -> None:
    client = signed_in(world.alpha.owner)
    client.post(f"{MEMBERS}{seat_of(world.alpha, 'recruiter')}/", {"role": "owner"})
    assert client.post(f"{MEMBERS}{seat_of(world.alpha, 'owner')}/remove/").headers["Location"] == "/home/"
    assert "owner@alpha.example" not in roles(world.alpha)


def test_invitation_is_sent_listed_renewed_and_revoked(world: World) -> None:
    client = signed_in(world.alpha.owner)
    assert client.get(f"{MEMBERS}invite/").status_code == 200
    sent = client.post(f"{MEMBERS}invite/", {"email": "Ｇuest@elsewhere.example", "role": "auditor"}, follow=True)
    assert f"{GUEST}に招待を送りました。" in text(sent)
    with acting_as(organization=world.alpha.id):
        [invitation] = queries.open_invitations(world.alpha.id, clock.now())
    assert (invitation.email, invitation.role) == (GUEST, "auditor")
    renewed = client.post(f"/organization/invitations/{invitation.pk}/renew/", follow=True)
    assert f"{GUEST}に招待を送り直しました。" in text(renewed)
    assert [mail.kind for mail in mails_by(world.alpha.id)] == ["invitation", "invitation"]
    revoked = client.post(f"/organization/invitations/{invitation.pk}/revoke/", follow=True)
    assert "招待を取り消しました。" in text(revoked)
    assert "返事を待っている招待はありません" in text(revoked)
    assert client.post(f"/organization/invitations/{invitation.pk}/revoke/").status_code == 404


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"email": "analyst@alpha.example", "role": "analyst"}, "すでにメンバーです"),
        ({"email": GUEST, "role": "analyst"}, "返事を待っている招待があります"),
        ({"email": "guest", "role": "analyst"}, "メールアドレス"),
        ({"email": "new@elsewhere.example", "role": "adviser"}, "権限"),
    ],
)
def test_invitation_that_cannot_be_sent_says_why_and_keeps_what_was_typed(
    world: World, posted: dict[str, str], words: str
) -> None:
    invited(world.alpha)
    answer = signed_in(world.alpha.owner).post(f"{MEMBERS}invite/", posted)
    assert answer.status_code == 200
    assert words in text(answer)
    assert posted["email"] in answer.content.decode()
    assert len(mails_by(world.alpha.id)) == 1


def test_a_list_of_addresses_becomes_a_run(world: World) -> None:
    client = signed_in(world.alpha.owner)
    assert client.get(f"{MEMBERS}invite-many/").status_code == 200
    typed = f"{GUEST}\r\n\r\nsecond@elsewhere.example, Ｇuest@elsewhere.example\nanalyst@alpha.example\nno address"
    accepted = client.post(f"{MEMBERS}invite-many/", {"emails": typed, "role": "analyst"})
    page = accepted.headers["Location"]
    assert page.startswith("/organization/runs/")
    assert "受付" in text(client.get(page))
    invite_members(**ProcrastinateJob.objects.get(task_name="invite_members").args)
    over = text(client.get(page))
    for words in ("一部失敗", "analyst@alpha.example には招待を送れません。すでにメンバーです", "no address"):
        assert words in over, words
    assert [mail.to_address for mail in mails_by(world.alpha.id)] == [GUEST, "second@elsewhere.example"]


def test_a_pasted_csv_is_read_as_one_and_failures_show_what_was_typed(world: World) -> None:
    client = signed_in(world.alpha.owner)
    typed = (
        f'"{GUEST}","Analyst@Alpha.example"\n"Suzuki, Hana@people.example", second@elsewhere.example\n"open\nＧuest@x'
    )
    page = client.post(f"{MEMBERS}invite-many/", {"emails": typed, "role": "analyst"}).headers["Location"]
    invite_members(**ProcrastinateJob.objects.get(task_name="invite_members").args)
    lines = client.get(f"{page}failures/").content.decode("utf-8-sig").splitlines()
    rows = [(row[0], row[1]) for row in csv.reader(lines[1:])]
    assert [mail.to_address for mail in mails_by(world.alpha.id)] == [GUEST, "second@elsewhere.example"]
    assert rows == [
        ("2", "Analyst@Alpha.example"),
        ("3", "Suzuki, Hana@people.example"),
        ("5", "open"),
        ("6", "Ｇuest@x"),
    ]
    assert "Analyst@Alpha.example には招待を送れません。" in lines[1]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("x" * 100_001, "100000"),
        ("", "メールアドレス"),
        (" \n ,", "メールアドレス"),
        ("\n".join(f"{n}@elsewhere.example" for n in range(201)), "201 件あります"),
    ],
)
def test_a_list_that_is_empty_or_too_long_starts_nothing(world: World, typed: str, words: str) -> None:
    answer = signed_in(world.alpha.owner).post(f"{MEMBERS}invite-many/", {"emails": typed, "role": "analyst"})
    assert answer.status_code == 200
    assert words in text(answer)
    assert not ProcrastinateJob.objects.filter(task_name="invite_members").exists()


def test_two_hundred_addresses_are_taken(world: World) -> None:
    typed = "\n".join(f"{n}@elsewhere.example" for n in range(200))
    answer = signed_in(world.alpha.owner).post(f"{MEMBERS}invite-many/", {"emails": typed, "role": "analyst"})
    assert answer.status_code == 302


def test_reading_pages_changes_nothing(world: World) -> None:
    invitation, member_id = invited(world.alpha), seat_of(world.alpha, "analyst")
    client = signed_in(world.alpha.owner)
    for address in (
        f"{MEMBERS}{member_id}/remove/",
        f"/organization/invitations/{invitation.pk}/renew/",
        f"/organization/invitations/{invitation.pk}/revoke/",
    ):
        assert client.get(address).status_code == 405, address
        assert client.head(address).status_code == 405, address
    assert "analyst@alpha.example" in roles(world.alpha)
    with acting_as(organization=world.alpha.id):
        assert Invitation.objects.get().revoked_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_however_long(
    world: World, count: int, django_assert_num_queries: typing.Any
) -> None:
    for number in range(count):
        user = make_user(f"more{number}@alpha.example", f"追加 {number}")
        with acting_as(organization=world.alpha.id):
            Member.objects.create(organization=world.alpha.organization, user=user, role="analyst", joined_at=NOW)
        invited(world.alpha, f"guest{number}@elsewhere.example")
    client = signed_in(world.alpha.owner)
    with django_assert_num_queries(9):
        client.get(MEMBERS)
