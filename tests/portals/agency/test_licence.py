from __future__ import annotations

import typing

import pytest

from career_relay.domain.ground.agencies import operations
from career_relay.domain.ground.agencies.models import Licence
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.portals.agency.desk import text
from tests.portals.agency.settings_pages import A_DAY, LICENCE, NOW, TODAY, file, licence, signed_in

if typing.TYPE_CHECKING:
    from django.test import Client

    from tests.world import World


@pytest.fixture
def manager(world: World) -> Client:
    return signed_in(world.agency.users["manager"])


def stored(world: World) -> Licence:
    with acting_as(organization=world.agency.id):
        return Licence.objects.get()


def decide(world: World, reason: str = "") -> None:
    given: dict[str, typing.Any] = {
        "organization_id": world.agency.id,
        "licence_id": stored(world).pk,
        "decided_by": actors.user(world.operator.owner.pk),
        "now": NOW,
    }
    with acting_as(organization=world.agency.id):
        if reason:
            operations.refuse_licence(reason=reason, **given)
        else:
            operations.confirm_licence(**given)


def test_page_says_what_to_do_first(manager: Client) -> None:
    page = manager.get(LICENCE)
    assert "許可証をまだ提出していません" in text(page)
    assert "提出した許可" not in text(page)


def test_licence_is_sent_in_and_waits(world: World, manager: Client) -> None:
    answer = manager.post(LICENCE, licence(number="１３ ﾕ １２３４５６", kind="renewed"))
    assert answer.headers["Location"] == LICENCE
    found = stored(world)
    assert (found.number, found.is_renewal, found.valid_until) == (room.NUMBER, True, TODAY + A_DAY * 1000)
    assert bytes(found.evidence) == room.PDF
    page = manager.get(LICENCE)
    assert "運営が許可を確認しています" in text(page)
    assert 'type="file"' not in page.content.decode()


def test_second_licence_is_not_taken_meanwhile(manager: Client) -> None:
    manager.post(LICENCE, licence())
    page = manager.post(LICENCE, licence())
    assert "すでに確認を待っている許可があります" in text(page)


def test_each_state_has_its_words(world: World, manager: Client) -> None:
    with acting_as(organization=world.agency.id):
        room.submit(world.agency, NOW)
    decide(world, "番号が読めません。")
    page = text(manager.get(LICENCE))
    assert "許可を確認できませんでした" in page
    assert "理由：番号が読めません。" in page
    with acting_as(organization=world.agency.id):
        room.confirm(world.agency, world.operator, NOW + A_DAY)
    page = text(manager.get(LICENCE))
    assert "許可を確認済みです" in page
    assert room.NUMBER in page


def test_near_end_asks_for_the_renewal(world: World, manager: Client) -> None:
    with acting_as(organization=world.agency.id):
        room.confirm(world.agency, world.operator, NOW, valid_until=TODAY + A_DAY * 25)
    assert "あと 25 日" in text(manager.get(LICENCE))
    with acting_as(organization=world.agency.id):
        room.submit(world.agency, NOW, is_renewal=True)
    assert "更新した許可は提出済みで、運営が確認しています" in text(manager.get(LICENCE))


def test_refused_renewal_says_why_while_the_old_licence_holds(world: World, manager: Client) -> None:
    with acting_as(organization=world.agency.id):
        room.confirm(world.agency, world.operator, NOW, valid_until=TODAY + A_DAY * 25)
        licence_id = room.submit(world.agency, NOW + A_DAY, is_renewal=True).pk
        operations.refuse_licence(
            organization_id=world.agency.id,
            licence_id=licence_id,
            reason="2 枚目がありません。",
            decided_by=actors.user(world.operator.owner.pk),
            now=NOW + A_DAY,
        )
    answer = manager.get(LICENCE)
    assert "理由：2 枚目がありません。 いまの許可は、あと 25 日有効です。" in text(answer)
    assert answer.context["form"].initial == {"number": room.NUMBER, "kind": "renewed"}


def test_ended_licence_says_so(world: World, manager: Client) -> None:
    with acting_as(organization=world.agency.id):
        room.confirm(world.agency, world.operator, NOW - A_DAY * 10, valid_until=TODAY - A_DAY)
    page = text(manager.get(LICENCE))
    assert "許可の有効期間が終わっています" in page
    assert "期限切れ" in page


def test_confirmed_licence_that_has_yet_to_begin_says_so(world: World, manager: Client) -> None:
    with acting_as(organization=world.agency.id):
        room.confirm(world.agency, world.operator, NOW, valid_from=TODAY + A_DAY)
    assert "有効期間が始まる日から、受け付けができます" in text(manager.get(LICENCE))


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("number", {"number": "U-123"}),
        ("number", {"number": ""}),
        ("valid_until", {"valid_until": (TODAY + A_DAY * 1200).isoformat()}),
        ("valid_until", {"valid_until": "来年"}),
        ("evidence", {"evidence": ""}),
        ("evidence", {"evidence": file(content=b"")}),
        ("evidence", {"evidence": file(content=b"GIF89a")}),
        ("evidence", {"evidence": file(content=b"<html><script>alert(1)</script>")}),
        ("evidence", {"evidence": file(content=b"MZ\x90\x00" * 100)}),
        ("evidence", {"evidence": file(content=room.PDF.ljust(5 * 1024 * 1024 + 1))}),
    ],
)
def test_what_can_not_be_right_is_shown_at_its_field(
    world: World, manager: Client, field: str, changes: dict[str, typing.Any]
) -> None:
    answer = manager.post(LICENCE, licence(**changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    with acting_as(organization=world.agency.id):
        assert not Licence.objects.exists()


def test_file_over_the_limit_is_not_even_read(world: World, manager: Client) -> None:
    answer = manager.post(LICENCE, licence(evidence=file(content=room.PDF.ljust(6 * 1024 * 1024))))
    assert answer.status_code == 413
    assert "5 MB を超えています" in text(answer)
    with acting_as(organization=world.agency.id):
        assert not Licence.objects.exists()


def test_file_of_the_largest_size_is_taken(world: World, manager: Client) -> None:
    content = room.PDF.ljust(5 * 1024 * 1024)
    assert manager.post(LICENCE, licence(evidence=file(content=content))).status_code == 302
    assert len(stored(world).evidence) == 5 * 1024 * 1024


@pytest.mark.parametrize(
    ("sent", "served"),
    [
        ("../../../etc/passwd", "passwd.pdf"),
        ("licence.html", "licence.pdf"),
        ("あ" * 300 + ".pdf", "あ" * 100 + ".pdf"),
    ],
)
def test_file_is_served_as_an_attachment_under_a_harmless_name(
    world: World, manager: Client, sent: str, served: str
) -> None:
    manager.post(LICENCE, licence(evidence=file(sent, kind="text/html")))
    assert stored(world).evidence_name == served
    answer = manager.get(f"{LICENCE}{stored(world).pk}/evidence/")
    assert answer.content == room.PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_sending_wants_the_form_s_token(world: World) -> None:
    client = signed_in(world.agency.users["manager"], enforce_csrf_checks=True)
    assert client.post(LICENCE, licence()).status_code == 403
    with acting_as(organization=world.agency.id):
        assert not Licence.objects.exists()
