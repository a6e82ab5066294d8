"""An export of 100,000 applications taken in, against plain COPY of the rows it becomes into tables with the same indexes.

Same server, same rows, in turns. The program reads, recognises, checks and compares, writes under row security, proves
every key and can take all of it back; COPY is told the final rows and asks nothing. The program's steps run in a process
of their own, whose memory is the figure.
"""

from __future__ import annotations

import dataclasses
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from bench import server  # noqa: E402 -- also found when this file is run by its path

if TYPE_CHECKING:
    import uuid

    from career_relay.domain.hiring.intake.models import Batch

ROWS = 100_000
FEW = 1_000
POSTINGS = 200
ROUNDS = 2
LEAST = 0.2
MOST_MEMORY = 400  # MB
GOALS = {"upload": 2, "check": 30, "commit": 60, "check of 1,000": 3}
TABLES = (
    "postings_jobposting",
    "applications_applicant",
    "applications_gram",
    "applications_application",
    "applications_stageevent",
)
HEADER = (
    "応募ID,応募者名,ふりがな,メールアドレス,電話番号,都道府県,応募日時,応募求人ID,職種名,応募経路,選考ステップ,選考結果,"
    "判定日,書類選考日,一次面接日,担当者,備考"
)
FAMILIES = [
    "佐藤サトウ",
    "鈴木スズキ",
    "高橋タカハシ",
    "田中タナカ",
    "伊藤イトウ",
    "渡辺ワタナベ",
    "山本ヤマモト",
    "中村ナカムラ",
    "小林コバヤシ",
    "加藤カトウ",
    "吉田ヨシダ",
    "山田ヤマダ",
    "佐々木ササキ",
    "山口ヤマグチ",
    "松本マツモト",
    "井上イノウエ",
    "木村キムラ",
    "林ハヤシ",
    "斎藤サイトウ",
    "清水シミズ",
    "髙﨑タカサキ",
    "阿部アベ",
    "長谷川ハセガワ",
    "五十嵐イガラシ",
    "森モリ",
]
GIVENS = [
    "翔ショウ",
    "陽菜ヒナ",
    "蓮レン",
    "結衣ユイ",
    "健太ケンタ",
    "美咲ミサキ",
    "大輔ダイスケ",
    "愛アイ",
    "拓也タクヤ",
    "彩アヤ",
    "直樹ナオキ",
    "花子ハナコ",
]
MEDIA = ("Indeed", "求人ボックス", "自社サイト", "社員紹介", "エージェント")
STEPS = ("書類選考", "一次面接", "二次面接", "最終面接")
ENDS = ("不採用", "不採用", "不採用", "辞退", "採用", "選考中")


@dataclasses.dataclass(frozen=True)
class Figures:
    """What one round of the program took, in seconds, and its memory in MB before the first step and at its peak."""

    organization: str
    upload: float
    check: float
    commit: float
    writing: float
    again: float
    few: float
    memory_before: float
    memory: float


def main() -> int:
    """Measure and tell by the exit code whether the limits were kept."""
    if sys.argv[1:2] == ["program"]:
        print(json.dumps(dataclasses.asdict(program(Path(sys.argv[2]).read_bytes()))))
        return 0
    with server.database("bench_imports") as urls, tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "applications.csv")
        path.write_bytes(export(ROWS))
        print(
            f"imports, {ROWS:,} rows, {HEADER.count(',') + 1} columns, {path.stat().st_size / 1e6:.1f} MB of CP932",
            flush=True,
        )
        kept = any(report(take_in(path), urls["superuser"]) for _ in range(ROUNDS))
    return 0 if kept else 1


def report(ours: Figures, superuser: str) -> bool:
    """Print the figures of a round and tell whether the limits were kept."""
    copied = copy_same(superuser, ours.organization)
    figures = {"upload": ours.upload, "check": ours.check, "commit": ours.commit, f"check of {FEW:,}": ours.few}
    for step, seconds in figures.items():
        print(f"imports, {step}: {seconds:.1f} s (goal {GOALS[step]} s)")
    print(f"imports, commit of the same file once more: {ours.again:.1f} s")
    print(
        f"imports, memory: {ours.memory:.0f} MB at the peak (limit {MOST_MEMORY}), {ours.memory_before:.0f} MB before"
    )
    ratios = {"whole commit": copied / ours.commit, "writing part": copied / ours.writing}
    for name, ratio in ratios.items():
        print(
            f"imports, {name}: plain COPY {copied:.1f} s, ratio {ratio:.2f}, limit {LEAST}: "
            f"{'kept' if ratio >= LEAST else 'MISSED'}",
            flush=True,
        )
    return all(ratio >= LEAST for ratio in ratios.values()) and ours.memory <= MOST_MEMORY


def export(rows: int) -> bytes:
    """Return a file of generated people, as an ATS writes it."""
    dice = random.Random(rows)  # noqa: S311 -- the same file each time
    return "".join(f"{line}\r\n" for line in (HEADER, *(_row(number, dice) for number in range(1, rows + 1)))).encode(
        "cp932"
    )


def _row(number: int, dice: random.Random) -> str:
    family, given = dice.choice(FAMILIES), dice.choice(GIVENS)
    names, readings = zip(*(_parted(word) for word in (family, given)), strict=True)
    applied = f"{dice.randint(2022, 2025)}/{dice.randint(1, 12):02}/{dice.randint(1, 28):02}"
    end = dice.choice(ENDS)
    posting = dice.randrange(POSTINGS)
    return ",".join(
        (
            f"E{number:07}",
            " ".join(names),
            " ".join(readings),
            f"person{number % (rows_of_people := ROWS * 9 // 10)}@people.example",
            f"090-{number % rows_of_people // 10_000:04}-{number % 10_000:04}",
            "東京都",
            f"{applied} {dice.randrange(24):02}:{dice.randrange(60):02}:00",
            f"P{posting:04}",
            f"職種{posting}",
            dice.choice(MEDIA),
            dice.choice(STEPS),
            end,
            "" if end == "選考中" else f"2026/02/{dice.randint(1, 28):02}",
            f"2026/01/{dice.randint(1, 28):02}",
            f"2026/01/{dice.randint(1, 28):02}" if dice.random() < 0.5 else "",
            "担当 太郎",
            "特になし" if dice.random() < 0.2 else "",
        )
    )


def _parted(word: str) -> tuple[str, str]:
    """Return a name and its reading, which begins with the first katakana."""
    at = next(at for at, character in enumerate(word) if "ァ" <= character <= "ヶ")
    return word[:at], word[at:]


def take_in(path: Path) -> Figures:
    """Have a process of its own take the file in, so that its memory is the program's alone."""
    command = [sys.executable, "-m", "bench.imports", "program", str(path)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run(command, check=True, env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE)
    return Figures(**json.loads(done.stdout))


def program(content: bytes) -> Figures:
    """Take the file in as the program does, twice, and a small one beside it."""
    import django

    django.setup()
    from career_relay.domain.ground.accounts.models import User
    from career_relay.kernel import ids

    organization, user = ids.new(), User.objects.create_user(f"{ids.new()}@bench.example").pk
    found(organization)
    before = memory()
    started = time.monotonic()
    batch = upload(organization, user, content)
    uploaded = time.monotonic() - started
    check = timed_check(organization, user, batch)
    commit, writing = timed_commit(organization, user, batch)
    peak = memory()
    again = upload(organization, user, content)
    timed_check(organization, user, again)
    few = upload(organization, user, export(FEW))
    return Figures(
        organization=str(organization),
        upload=uploaded,
        check=check,
        commit=commit,
        writing=writing,
        again=timed_commit(organization, user, again)[0],
        few=timed_check(organization, user, few),
        memory_before=before,
        memory=peak,
    )


def found(organization: uuid.UUID) -> None:
    from career_relay.domain.ground.organizations.models import Organization
    from career_relay.kernel import clock
    from career_relay.kernel.tenancy.context import acting_as

    with acting_as(organization=organization):
        about = {"name": "計測", "industry": "manufacturing", "prefecture": "13", "founded_at": clock.now()}
        Organization.objects.create(id=organization, kind=Organization.Kind.EMPLOYER, **about)


def upload(organization: uuid.UUID, user: uuid.UUID, content: bytes) -> Batch:
    """Take the file in, up to the page of its columns."""
    from career_relay.domain.hiring.intake import operations as intake
    from career_relay.domain.hiring.intake import queries
    from career_relay.kernel import clock
    from career_relay.kernel.tenancy.context import acting_as

    with acting_as(organization=organization):
        batch = intake.upload(
            organization_id=organization,
            file_name="applications.csv",
            content=content,
            encoding="",
            user_id=user,
            now=clock.now(),
        )
        queries.columns(batch)
        queries.preview(batch)
    return batch


def timed_check(organization: uuid.UUID, user: uuid.UUID, batch: Batch, source_name: str = "計測") -> float:
    """Return how long it takes from the click to the result, the columns being confirmed."""
    from career_relay.domain.hiring.applications.operations import imports
    from career_relay.domain.hiring.intake import operations as intake
    from career_relay.kernel import actors, clock
    from career_relay.kernel.tenancy.context import acting_as

    with acting_as(organization=organization):
        intake.set_columns(
            organization_id=organization,
            batch_id=batch.pk,
            fields={},
            source_name=source_name,
            blank_clears=False,
            user_id=user,
            now=clock.now(),
        )
    started = time.monotonic()
    imports.check(organization_id=organization, batch_id=batch.pk, actor=actors.user(user), now=clock.now())
    return time.monotonic() - started


def timed_commit(organization: uuid.UUID, user: uuid.UUID, batch: Batch) -> tuple[float, float]:
    """Return how long the whole takes, and how long from the last row read to the end."""
    from career_relay.domain.hiring.applications.operations import imports
    from career_relay.kernel import actors, clock

    read = [0.0]
    started = time.monotonic()
    imports.commit(
        organization_id=organization,
        batch_id=batch.pk,
        actor=actors.user(user),
        now=clock.now(),
        progress=lambda _done: read.append(time.monotonic()),
    )
    ended = time.monotonic()
    return ended - started, ended - read[-1]


def memory() -> float:
    """Return the peak of this process's memory so far, in MB; `ru_maxrss` would begin with what the parent had."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) / 1024


def copy_same(superuser: str, organization: str, tables: tuple[str, ...] = TABLES) -> float:
    """Return how long COPY takes for an organization's rows, into empty tables with the same columns and indexes."""
    with psycopg.connect(superuser) as connection:
        contents = {table: _dumped(connection, table, organization) for table in tables}
        for table in tables:
            connection.execute(f"CREATE TABLE copied_{table} (LIKE {table} INCLUDING ALL)")
        connection.commit()
        started = time.monotonic()
        for table, content in contents.items():
            with connection.cursor().copy(f"COPY copied_{table} FROM STDIN") as copy:
                copy.write(content)
        connection.commit()
        seconds = time.monotonic() - started
        connection.execute("; ".join(f"DROP TABLE copied_{table}" for table in tables))
    return seconds


def _dumped(connection: psycopg.Connection[tuple[object, ...]], table: str, organization: str) -> bytes:
    query = f"COPY (SELECT * FROM {table} WHERE organization_id = '{organization}' ORDER BY id) TO STDOUT"
    with connection.cursor().copy(query) as copy:
        return b"".join(bytes(block) for block in copy)


if __name__ == "__main__":
    sys.exit(main())
