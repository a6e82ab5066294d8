from __future__ import annotations

import typing

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.messaging import placeholders
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts import operations, queries
from career_relay.domain.ground.accounts.models import User
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, PASSWORD, add_address, make_user

if typing.TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_create_user_keeps_one_form_of_the_address_and_a_hash() -> None:
    user = User.objects.create_user(" Ｈr@Minato.example", PASSWORD, name="髙﨑 由紀")
    assert user.email == "hr@minato.example"
    assert user.check_password(PASSWORD)
    assert PASSWORD not in user.password


def test_an_address_belongs_to_one_user(world: World) -> None:
    with pytest.raises(IntegrityError):
        User.objects.create_user("Owner@alpha.example", PASSWORD, name="別人")


def test_a_user_prints_as_a_number(world: World) -> None:
    assert str(world.stranger) == f"user:{world.stranger.pk}"


def test_by_address_finds_whatever_way_it_is_typed(world: World) -> None:
    assert queries.by_address("STRANGER@elsewhere.example ") == world.stranger
    assert queries.by_address("nobody@elsewhere.example") is None


def test_names_of_gives_names_by_id(world: World) -> None:
    asked = [world.stranger.pk, world.stranger.pk, ids.new()]
    assert queries.names_of(asked) == {world.stranger.pk: "通りすがり"}


def test_has_confirmed_wants_the_same_address_of_the_same_user_confirmed(world: World) -> None:
    user = make_user("two@elsewhere.example", "二人目")
    add_address(user, "open@elsewhere.example", is_confirmed=False)
    assert queries.has_confirmed(user.pk, "TWO@elsewhere.example")
    assert not queries.has_confirmed(user.pk, "open@elsewhere.example")
    assert not queries.has_confirmed(user.pk, "stranger@elsewhere.example")


def test_has_second_factor_wants_an_authenticator(world: World) -> None:
    user = world.stranger
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not queries.has_second_factor(user.pk)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert queries.has_second_factor(user.pk)
    assert not queries.has_second_factor(world.alpha.owner.pk)


@pytest.mark.parametrize(
    ("purpose", "kind", "subject"),
    [
        (operations.ADDRESS_CODE, "address_code", "メールアドレスの確認コードを入力してください｜キャリアリレー"),
        (operations.RESET_CODE, "password_code", "パスワード再設定の確認コードを入力してください｜キャリアリレー"),
    ],
)
def test_send_code_stores_a_recipe_and_no_code(world: World, purpose: str, kind: str, subject: str) -> None:
    user, challenge = world.stranger, ids.new()
    with acting_as(user=user.pk):
        operations.send_code(
            user_id=user.pk, address=user.email, purpose=purpose, challenge=challenge, language="ja", now=NOW
        )
        mail = Message.objects.get()
        stored = str(Message.objects.values().get())
    code = keys.code(purpose, challenge)
    assert (mail.user_id, mail.kind, mail.subject, mail.repeats_when_uncertain) == (user.pk, kind, subject, True)
    assert placeholders.values(mail) == {"code": code}
    assert code not in stored
    assert "{{secret:code}}" in mail.text
    assert "{{secret:code}}" in mail.html


def test_codes_of_the_two_purposes_differ() -> None:
    challenge = ids.new()
    assert keys.code(operations.ADDRESS_CODE, challenge) != keys.code(operations.RESET_CODE, challenge)


def test_warn_of_sign_up_tells_the_owner_where_to_go(world: World) -> None:
    user = world.stranger
    with acting_as(user=user.pk):
        operations.warn_of_sign_up(user_id=user.pk, address=user.email, language="ja", now=NOW)
        mail = Message.objects.get()
    assert (mail.to_address, mail.kind, mail.secrets) == (user.email, "address_taken", {})
    assert "/account/login/" in mail.text
    assert "/account/login/" in mail.html


def test_mails_are_japanese_until_another_language_is_chosen(world: World) -> None:
    operations.change_language(user_id=world.stranger.pk, language="en")
    languages = set(User.objects.exclude(pk=world.stranger.pk).values_list("language", flat=True))
    assert (User.objects.get(pk=world.stranger.pk).language, languages) == ("en", {"ja"})


def test_language_that_mails_do_not_exist_in_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="fr"):
        operations.change_language(user_id=world.stranger.pk, language="fr")


def test_language_of_an_address_without_account_is_the_one_given(world: World) -> None:
    operations.change_language(user_id=world.stranger.pk, language="en")
    assert queries.language_of("Stranger@elsewhere.example", otherwise="ja") == "en"
    assert queries.language_of("nobody@elsewhere.example", otherwise="ja") == "ja"
