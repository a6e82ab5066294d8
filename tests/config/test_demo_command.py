from __future__ import annotations

import io
import typing

import pytest
from django.core.management import CommandError, call_command

from career_relay.domain.ground.accounts.models import User
from career_relay.portals.public import demo_roles

if typing.TYPE_CHECKING:
    from pytest_django.fixtures import Settings


def test_command_refuses_where_real_people_may_be(settings: Settings, db: None) -> None:
    settings.DEMO = False
    before = User.objects.count()
    with pytest.raises(CommandError, match="RELAY_DEMO=1"):
        call_command("demo")
    assert User.objects.count() == before


def test_command_prints_who_may_sign_in_without_making_anything(settings: Settings, db: None) -> None:
    settings.DEMO = True
    out, before = io.StringIO(), User.objects.count()
    call_command("demo", print=True, stdout=out)
    printed = out.getvalue()
    wanted = [one.email for one in (*demo_roles.EVERYBODY, *demo_roles.PEOPLE)]
    assert ([email in printed for email in wanted], User.objects.count()) == ([True] * len(wanted), before)
