from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from career_relay.capabilities.runs import operations as runs
from career_relay.domain.ground.organizations import operations as organizations
from career_relay.kernel import actors, clock
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as


@app.task(name="invite_members")
def invite_members(run: str, organization: str, user: str) -> None:
    """Invite the people of a run one by one, each in a transaction of its own, so that its count can be watched."""
    run_id, organization_id, user_id = uuid.UUID(run), uuid.UUID(organization), uuid.UUID(user)
    try:
        while _invite_next(run_id, organization_id, user_id):
            pass
    except Exception:
        with acting_as(organization=organization_id, user=user_id):
            cause = _(
                "途中で問題が起き、処理を終えられませんでした。招待できていない方を確認して、もう一度お試しください。"
            )
            runs.break_off(run_id=run_id, cause=cause, now=clock.now())
        raise


def _invite_next(run_id: uuid.UUID, organization_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Handle the next row of the run; return whether there may be another."""
    now = clock.now()
    with acting_as(organization=organization_id, user=user_id):
        run = runs.start(run_id=run_id, now=now)
        if run is None:
            return False
        position = run.done + run.failed
        if position == run.total:
            runs.finish(run_id=run_id, now=now)
            return False
        item, language = run.parameters[runs.ITEMS][position], run.parameters["language"]
        try:
            with transaction.atomic(), override(language):
                organizations.invite(
                    organization_id=organization_id,
                    email=item["email"],
                    role=item["role"],
                    language=language,
                    actor=actors.user(user_id),
                    now=now,
                )
        except DomainError as error:
            with override(language):
                runs.fail_item(run_id=run_id, row=position + 1, item=item["email"], cause=str(error))
        else:
            runs.advance(run_id=run_id)
    return True
