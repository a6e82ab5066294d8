from __future__ import annotations

import typing
import uuid

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from career_relay.flows import receive_applications as flow
from career_relay.kernel import clock
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc

CAUSE: typing.Final = _("途中で問題が起き、処理を終えられませんでした。何も変わっていません。もう一度お試しください。")


@app.task(name="check_import")
def check_import(run: str, organization: str) -> None:
    """Find what would become of each row of a file."""
    _perform(flow.check_import, run, organization)


@app.task(name="commit_import")
def commit_import(run: str, organization: str) -> None:
    """Make applications of the rows of a file."""
    _perform(flow.commit_import, run, organization)


@app.task(name="undo_import")
def undo_import(run: str, organization: str) -> None:
    """Take an import back."""
    _perform(flow.undo_import, run, organization)


@app.periodic(cron="25 * * * *")
@app.task(name="forget_imports")
def forget_imports(timestamp: int) -> None:
    """Delete the rows of imports that can't be taken back any more."""
    flow.forget_imports(now=clock.now())


def _perform(step: collections.abc.Callable[..., object], run: str, organization: str) -> None:
    """Do a step of an import. One that breaks leaves nothing behind, and says so on the page that is watched."""
    run_id, organization_id = uuid.UUID(run), uuid.UUID(organization)
    try:
        step(run_id=run_id, organization_id=organization_id, now=clock.now())
    except DomainError as error:
        flow.break_off_import(run_id=run_id, organization_id=organization_id, cause=str(error), now=clock.now())
    except Exception:
        flow.break_off_import(run_id=run_id, organization_id=organization_id, cause=CAUSE, now=clock.now())
        raise
