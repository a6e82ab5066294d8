from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from career_relay.domain.ground.organizations.models import Organization
from career_relay.kernel import ids
from career_relay.kernel.tenancy import context
from career_relay.kernel.tenancy.context import acting_as
from tests.world import World


def settings_now() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(nullif(current_setting('app.' || name, true), ''), '-')"
            " FROM unnest(array['organization', 'user', 'candidate']) AS name"
        )
        return [value for (value,) in cursor.fetchall()]


def test_acting_as_sees_its_own_rows_only(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        assert list(Organization.objects.values_list("id", flat=True)) == [world.alpha.id]


def test_acting_as_nobody_sees_nothing(world: World) -> None:
    assert list(Organization.objects.all()) == []


def test_acting_as_replaces_and_restores(world: World) -> None:
    with acting_as(organization=world.alpha.id, user=world.alpha.owner.id):
        with acting_as(candidate=world.hana.id):
            assert settings_now() == ["-", "-", str(world.hana.id)]
        assert settings_now() == [str(world.alpha.id), str(world.alpha.owner.id), "-"]
    assert settings_now() == ["-", "-", "-"]
    assert context.current() == context.NOBODY


def test_acting_as_restores_after_an_error(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        with pytest.raises(RuntimeError), acting_as(organization=world.beta.id):
            raise RuntimeError
        assert settings_now() == [str(world.alpha.id), "-", "-"]


def test_acting_as_restores_after_a_rollback(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        with acting_as(organization=world.beta.id):
            transaction.set_rollback(True)
        assert settings_now() == [str(world.alpha.id), "-", "-"]


def test_principal_does_not_follow_into_a_thread(world: World) -> None:
    seen: list[context.Principal] = []
    with acting_as(organization=world.alpha.id):
        thread = threading.Thread(target=lambda: seen.append(context.current()))
        thread.start()
        thread.join()
    assert seen == [context.NOBODY]


def test_setting_is_gone_when_the_connection_is_used_again(fresh_database: dict[str, str]) -> None:
    with acting_as(organization=ids.new()):
        pass
    with transaction.atomic():
        assert settings_now() == ["-", "-", "-"]
