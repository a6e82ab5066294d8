"""Files that can't be read are refused in words with the place and the remedy, and nothing of them is stored."""

from __future__ import annotations

import typing

import pytest

from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.intake import operations, queries
from career_relay.domain.hiring.intake.models import Batch, Row
from career_relay.domain.hiring.intake.problems import Code, Problem, UnableToReadFile, message
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.hiring.intake import desk
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    import collections.abc

GOOD = [desk.person(number) for number in range(1, 4)]
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "ファイルに中身がありません"),
    "blank": (b"\r\n \r\n", "ファイルに中身がありません"),
    "header only": (desk.sheet(), "列の名前だけで、応募の行がありません"),
    "unclosed quote": (desk.sheet(*GOOD, '"A9,山田 花,,,', *GOOD), "5行目で始まる引用符"),
    "nul": (desk.sheet(*GOOD).replace(b"A2", b"A\0"), "3行目に、文字ではないデータ（NUL）"),
    "truncated character": (desk.sheet(*GOOD, encoding="utf-8-sig") + b"\xe5\xb1", "5行目に、文字コード"),
    "workbook": (b"PK\x03\x04" + b"\0" * 40 + b"[Content_Types].xml", "Excelブック（.xlsx）のまま"),
    "page": (b"<html><table><tr><td>1</td></tr></table></html>", "Webページ（HTML）"),
    "too many columns": (",".join(f"c{number}" for number in range(501)).encode() + b"\n1\n", "500列まで"),
    "only barred": (desk.sheet("女,京都府", header="性別,本籍"), "採用選考に使える列が一つもない"),
}


@pytest.fixture
def alpha(world: World) -> collections.abc.Iterator[Tenant]:
    with acting_as(organization=world.alpha.id):
        yield world.alpha


def stored() -> tuple[int, int, int]:
    return Batch.objects.count(), Row.objects.count(), Application.objects.count()


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_whole(alpha: Tenant, name: str) -> None:
    content, words = BAD[name]
    with pytest.raises(DomainError) as refused:
        desk.uploaded(alpha, content)
    assert words in str(refused.value)
    assert stored() == (0, 0, 0)
    assert desk.uploaded(alpha, desk.sheet(*GOOD)).row_count == 3


def test_file_of_100_megabytes_is_refused_before_it_is_read(alpha: Tenant) -> None:
    content = b"\0" * 100_000_000
    with pytest.raises(operations.errors.UnableToUploadFile, match="約 100 MB で、上限の 50 MB") as refused:
        desk.uploaded(alpha, content)
    assert (refused.value.status, stored()) == (413, (0, 0, 0))


def test_wrongly_chosen_encoding_is_refused_with_the_line(alpha: Tenant) -> None:
    with pytest.raises(UnableToReadFile, match=r"2行目に、文字コード「UTF-8」では読めない文字"):
        operations.upload(
            organization_id=alpha.id,
            file_name="a.csv",
            content=desk.sheet("A1,山田", header="id,name"),
            encoding="utf-8",
            user_id=alpha.owner.pk,
            now=NOW,
        )
    assert stored() == (0, 0, 0)


def test_double_ids_and_unknown_stages_and_formulas_are_told_by_row(alpha: Tenant) -> None:
    lines = [
        desk.person(1),
        desk.person(1),
        desk.person(2, 選考ステップ="?"),
        desk.person(3, 職種名="=1+1"),
        desk.person(4, 応募者名="?田 花"),
    ]
    batch = desk.checked(alpha, desk.sheet(*lines))
    found = [(row.line, row.outcome, [remark.text for remark in row.remarks]) for row in queries.rows(batch)]
    assert [row[:2] for row in found] == [
        (2, "created"),
        (3, "duplicate"),
        (4, "failed"),
        (5, "created"),
        (6, "created"),
    ]
    assert found[1][2] == [message(Problem(Code.DOUBLE_IN_FILE, other="2"))]
    assert "意味が決まっていません" in found[2][2][0]
    assert "文字として取り込みます" in found[3][2][0]
    assert "文字が壊れているようです" in found[4][2][0]


def test_name_that_cp932_lacks_comes_in_by_utf_8(alpha: Tenant) -> None:
    lines = [desk.person(1, 応募者名="𠮷野 花")]
    batch, counts = desk.committed(alpha, desk.sheet(*lines, encoding="utf-8-sig"))
    assert (counts.created, batch.encoding) == (1, "utf-8")
    applicant = Application.objects.select_related("applicant").get().applicant
    assert (applicant.name, applicant.search.partition(" ")[0]) == ("𠮷野 花", "吉野花")
