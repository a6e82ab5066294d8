"""An export that comes in or is taken back as a member and the worker do it, in single words."""

from __future__ import annotations

import typing
import uuid

from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.intake.models import Batch
from career_relay.flows import receive_applications as flow
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.hiring.intake import desk
from tests.flows import mailings
from tests.flows.mailings import DAY, Desk
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.hiring.notices.models import Mailing

    Execute = collections.abc.Callable[..., typing.Any]

HEADER = "応募ID,応募者名,メールアドレス,応募日時,求人名,選考担当者,選考結果,判定日,通知日,備考"
LATER = NOW + DAY
SENDING = NOW + 3 * DAY


def row(
    number: int = 1, outcome: str = "不採用", *, decided: str = "2026/11/20", told: str = "", note: str = ""
) -> str:
    """Return a row of Hana's, who has applied twice, or for 3 and more of somebody else's."""
    name, email = ("山田 花", "hana") if number < 3 else (f"佐藤 {number}", f"person{number}")
    return f"{number},{name},{email}@people.example,2026/11/0{number},経理,採用 太郎,{outcome},{decided},{told},{note}"


def request(at: Desk, batch: Batch, wish: Execute) -> uuid.UUID:
    """Ask for a step; return its run."""
    with acting_as(organization=at.tenant.id):
        asked: uuid.UUID = wish(
            organization_id=at.tenant.id,
            batch_id=batch.pk,
            language="ja",
            actor=actors.user(at.tenant.owner.pk),
            now=LATER,
        ).pk
    return asked


def checked(at: Desk, *lines: str) -> Batch:
    """Bring a file to where it can be taken in."""
    with acting_as(organization=at.tenant.id):
        return desk.checked(at.tenant, desk.sheet(*lines, header=HEADER), LATER)


def take_in(at: Desk, *lines: str) -> Batch:
    """Have a file taken in."""
    batch = checked(at, *lines)
    flow.commit_import(run_id=request(at, batch, flow.request_commit), organization_id=at.tenant.id, now=LATER)
    return reread(at, batch)


def take_back(at: Desk, batch: Batch) -> Batch:
    """Have it taken back."""
    flow.undo_import(run_id=request(at, batch, flow.request_undo), organization_id=at.tenant.id, now=LATER)
    return reread(at, batch)


def reread(at: Desk, batch: Batch) -> Batch:
    """Return the import as it stands now."""
    with acting_as(organization=at.tenant.id):
        return Batch.objects.get(pk=batch.pk)


def application(at: Desk, number: int = 1) -> Application:
    """Return the application of a row as it stands now."""
    with acting_as(organization=at.tenant.id):
        return Application.objects.get(external_id=str(number))


def waiting(at: Desk, *numbers: int) -> Mailing:
    """Have mails written that wait, with links if the employer may link."""
    return mailings.queued(at, [application(at, number).pk for number in numbers], has_link=at.joins, now=LATER)
