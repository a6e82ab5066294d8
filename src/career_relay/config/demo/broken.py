"""A file that goes wrong in as many ways as files do: one kind of mistake a row, between rows that are right."""

from __future__ import annotations

import csv
import datetime as dt
import io
import typing

from career_relay.config.demo import exports

RIGHT: typing.Final = "問題のない行"
# What stands in a row instead of what should, by column; the first cell says what is wrong with it.
MISTAKES: typing.Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("氏名がない", {"氏名": ""}),
    ("応募日がない", {"応募日時": ""}),
    ("暦にない日", {"応募日時": "2026/02/30 10:00:00"}),
    ("元号にない日", {"応募日時": "平成40年4月1日"}),
    ("日がない", {"応募日時": "2026年6月"}),
    ("2桁の年", {"応募日時": "26/06/11"}),
    ("年がない", {"応募日時": "6月11日"}),
    ("通し番号の日付", {"応募日時": "46184"}),
    ("月と日の順が決まらない", {"応募日時": "06/11/2026"}),
    ("日付ではない", {"応募日時": "先週の火曜"}),
    ("時刻が正しくない", {"応募日時": "2026/06/11 25:70"}),
    ("壊れた文字", {"氏名": "????"}),
    ("姓と名に分けられない", {"氏名": "スハルト", "フリガナ": "スハルト"}),
    ("かなではないフリガナ", {"フリガナ": "山田太郎"}),
    ("電話番号ではない", {"電話番号": "なし（後日確認）"}),
    ("先頭の0がない電話番号", {"電話番号": "9000000123"}),
    ("電話番号が二つ", {"電話番号": "090-0000-0124 / 090-0000-0125"}),
    ("メールアドレスではない", {"メールアドレス": "yamada.example.jp"}),
    ("メールアドレスが二つ", {"メールアドレス": "broken-a@people.example.jp; broken-b@people.example.jp"}),
    ("途中で切れたメールアドレス", {"メールアドレス": "broken-c@\npeople.example.jp"}),
    ("古い携帯電話のアドレス", {"メールアドレス": "broken..d.@people.example.jp"}),
    ("計算式", {"氏名": "=1+1"}),
    ("見えない文字", {"氏名": "山田\x08 太郎"}),
    ("知らない選考ステータス", {"選考ステータス": "社長決裁待ち"}),
    ("知らない応募経路", {"応募経路": "商店街の掲示板"}),
    ("知らない雇用形態", {"雇用形態": "業務委託"}),
    ("都道府県ではない", {"都道府県": "東京府"}),
    ("結果と日付の食い違い", {"選考ステータス": "不採用", "入社日": "2026/07/01"}),
    ("応募より前の判定", {"選考ステータス": "不採用", "判定日": "2020/01/06"}),
    ("先の日の判定", {"選考ステータス": "不採用", "判定日": "2099/01/06"}),
    ("見分ける手がかりがない", {"応募ID": "", "メールアドレス": "", "電話番号": ""}),
    ("入社より前の退職", {"選考ステータス": "採用", "入社日": "2026/04/01", "退職日": "2026/03/01"}),
    ("集めてはいけない内容", {"理由": "家族構成を聞いたところ、転居が難しいとのこと"}),
)
MISSING_CELLS: typing.Final = 4
REPEATED: typing.Final = "BX-0001"


def text(day: dt.date) -> str:
    """Return the file: what is right first, then a row for each mistake."""
    rows = [_row(number, RIGHT, {}, day) for number in range(1, 6)]
    rows += [_row(number, what, wrong, day) for number, (what, wrong) in enumerate(MISTAKES, start=6)]
    rows.append(_row(1, "同じ応募が2回", {}, day))
    rows.append(_row(90, "ほかの方と同じ応募ID", {"応募ID": REPEATED}, day))
    rows.append(_row(91, "セルが足りない", {}, day)[:-MISSING_CELLS])
    rows.append([*_row(92, "セルが多い", {}, day), "余分", "余分"])
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(["行の説明", *exports.SPREADSHEET])
    writer.writerows(rows)
    return made.getvalue()


def _row(number: int, what: str, wrong: dict[str, str], day: dt.date) -> list[str]:
    right = {
        "応募ID": f"BX-{number:04d}",
        "応募日時": f"{day - dt.timedelta(days=20):%Y/%m/%d} 10:00:00",
        "氏名": f"山田 {'太郎花子次郎'[number % 3 * 2 : number % 3 * 2 + 2]}",
        "フリガナ": "ヤマダ タロウ",
        "メールアドレス": f"bx-{number:04d}@people.example.jp",
        "電話番号": f"090-0000-{number:04d}",
        "都道府県": "神奈川県",
        "求人ID": "J-101",
        "求人名": "機械設計エンジニア",
        "雇用形態": "中途",
        "応募経路": "自社サイト",
        "担当者": "佐藤 健",
        "選考ステータス": "書類選考中",
    }
    return [what, *((right | wrong).get(column, "") for column in exports.SPREADSHEET)]
