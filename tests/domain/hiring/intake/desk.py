"""An employer's desk where files come in."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.applications.operations import imports
from career_relay.domain.hiring.intake import operations
from career_relay.kernel import actors
from tests.world import NOW

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.domain.hiring.intake.models import Batch
    from career_relay.domain.hiring.intake.operations.steps import Counts
    from tests.world import Tenant

HEADER = "応募ID,応募者名,ふりがな,メールアドレス,電話番号,応募日時,応募求人ID,職種名,応募経路,選考ステップ,選考結果,判定日,一次面接日"
SOURCE = "AirWORK"


def sheet(*lines: str, header: str = HEADER, encoding: str = "cp932") -> bytes:
    """Return a file as an ATS writes it."""
    return "".join(f"{line}\r\n" for line in (header, *lines)).encode(encoding)


def person(number: int, **cells: str) -> str:
    """Return a row of the usual file; `cells` replaces values by header."""
    values = {
        "応募ID": f"A{number}",
        "応募者名": f"山田 {'一二三四五六七八九十'[number % 10]}子",
        "ふりがな": "ヤマダ ハナコ",
        "メールアドレス": f"person{number}@people.example",
        "電話番号": f"090-1234-{number:04}",
        "応募日時": f"2026/06/{number % 28 + 1:02} 11:07:06",
        "応募求人ID": "P1",
        "職種名": "経理",
        "応募経路": "Indeed",
        "選考ステップ": "一次面接",
        "選考結果": "不採用",
        "判定日": "2026/07/01",
        "一次面接日": "2026/06/29",
    }
    assert not set(cells) - set(values)
    return ",".join({**values, **cells}.values())


def uploaded(tenant: Tenant, content: bytes, now: dt.datetime = NOW, file_name: str = "applicants.csv") -> Batch:
    """Take a file in."""
    return operations.upload(
        organization_id=tenant.id,
        file_name=file_name,
        content=content,
        encoding="",
        user_id=tenant.owner.pk,
        now=now,
    )


def mapped(tenant: Tenant, content: bytes, now: dt.datetime = NOW, *, blank_clears: bool = False) -> Batch:
    """Take a file in with its columns as they were recognised."""
    batch = uploaded(tenant, content, now)
    return operations.set_columns(
        organization_id=tenant.id,
        batch_id=batch.pk,
        fields={},
        source_name=SOURCE,
        blank_clears=blank_clears,
        user_id=tenant.owner.pk,
        now=now,
    )


def checked(tenant: Tenant, content: bytes, now: dt.datetime = NOW, *, blank_clears: bool = False) -> Batch:
    """Take a file in and look at its rows."""
    batch = mapped(tenant, content, now, blank_clears=blank_clears)
    imports.check(organization_id=tenant.id, batch_id=batch.pk, actor=actors.user(tenant.owner.pk), now=now)
    batch.refresh_from_db()
    return batch


def committed(
    tenant: Tenant, content: bytes, now: dt.datetime = NOW, *, blank_clears: bool = False
) -> tuple[Batch, Counts]:
    """Take a file in and make applications of it."""
    batch = checked(tenant, content, now, blank_clears=blank_clears)
    counts = imports.commit(organization_id=tenant.id, batch_id=batch.pk, actor=actors.user(tenant.owner.pk), now=now)
    batch.refresh_from_db()
    return batch, counts
