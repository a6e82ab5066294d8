"""Applications as files: what the systems of the field would export, in their columns and their encoding."""

from __future__ import annotations

import csv
import io
import typing
import unicodedata

from career_relay.config.demo import names

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from career_relay.config.demo.year import Applied

    Applications: typing.TypeAlias = collections.abc.Iterable[Applied]
    Layout: typing.TypeAlias = collections.abc.Callable[[Applications], str]

EMPLOYMENT: typing.Final = {"new_graduate": "新卒", "mid_career": "中途", "part_time": "アルバイト"}
FULL_TIME: typing.Final = {"new_graduate": "新卒", "mid_career": "正社員", "part_time": "アルバイト・パート"}
SPREADSHEET: typing.Final = (
    "応募ID", "応募日時", "氏名", "フリガナ", "メールアドレス", "電話番号", "都道府県", "求人ID", "求人名", "雇用形態",
    "応募経路", "担当者", "選考ステータス", "書類選考日", "適性検査日", "一次面接日", "二次面接日", "最終面接日", "内定日",
    "内定承諾日", "判定日", "通知日", "入社日", "退職日", "理由",
)  # fmt: skip
_STAGES: typing.Final = ("書類選考", "適性検査", "一次面接", "二次面接", "最終面接", "内定", "内定承諾")
NUMBERED_SHEET: typing.Final = (
    "管理番号", "応募年月日", "氏名", "氏名（カナ）", "E-mail", "携帯電話番号", "営業所", "募集職種", "区分", "媒体", "担当",
    "状況", "書類確認日", "面接日（1回目）", "内定通知日", "承諾日", "合否決定日", "合否連絡日", "入社年月日", "退職年月日",
    "備考",
)  # fmt: skip
HR_HACKER: typing.Final = (
    "応募者id", "応募求人先", "選考ステータス", "応募経路", "名前", "名前フリガナ", "性別", "生年月日", "現在の職業",
    "電話番号", "メールアドレス", "郵便番号", "都道府県", "市区町村", "丁目", "番地", "建物名", "連絡希望日", "連絡方法",
    "見学会希望有無", "見学会希望日", "希望面接形態", "学歴", "勤務可能期間", "自由項目1", "自由項目2", "自由項目3",
    "面接予定日", "選考理由", "応募日時", "更新日", "店舗ID", "店舗名",
)  # fmt: skip
AIRWORK: typing.Final = (
    "応募ID", "応募者名", "ふりがな", "生年月日", "年齢", "郵便番号", "住所", "電話番号", "メールアドレス", "性別",
    "応募経路", "応募日時", "応募求人ID", "職種名", "希望勤務地", "対応状況",
)  # fmt: skip
RESTAURANT: typing.Final = (
    "店名", "雇用形態", "職種", "応募日時", "名前（カナ）", "住所", "年齢", "性別", "応募環境", "電話番号", "メール",
    "現在の状況", "転職時期", "自己PR", "希望連絡時間",
)  # fmt: skip
GOURMET: typing.Final = (
    "応募日", "応募時間", "エリア", "氏名", "氏名(カナ)", "性別", "年齢", "郵便番号", "都道府県", "市区町村", "住所",
    "電話番号", "メール", "希望連絡時間・連絡方法", "取得資格", "自己PR", "応募先名（原稿名）", "応募遷移", "希望雇用形態",
    "希望職種",
)  # fmt: skip
BY_HAND: typing.Final = (
    "書類選考日", "一次面接日", "最終面接日", "内定日", "内定承諾日", "判定日", "通知日", "入社日", "退職日",
)  # fmt: skip
"""Columns that people add to the list of a medium, because it says nothing of what happened afterwards."""


def spreadsheet(applied: Applications) -> str:
    """Return the wide form that people keep by hand: a date per stage."""
    return _csv(SPREADSHEET, (_spreadsheet_row(one) for one in applied))


def numbered_sheet(applied: Applications) -> str:
    """Return a spreadsheet of another house, with years of the Japanese era and tabs between the cells."""
    rows = (
        [
            one.number, _era(one.applied_at.date()), one.person.name, one.person.kana, one.person.email,
            one.person.phone, one.opening.place, one.opening.title, FULL_TIME[one.opening.employment_type], one.medium,
            one.recruiter, one.status, _era(one.stages.get("書類選考")), _era(one.stages.get("一次面接")),
            _era(one.stages.get("内定")), _era(one.stages.get("内定承諾")), _era(one.decided_on), _era(one.told_on),
            _era(one.joined_on), _era(one.left_on), one.reason,
        ]
        for one in applied
    )  # fmt: skip
    return _csv(NUMBERED_SHEET, rows, delimiter="\t")


def hr_hacker(applied: Applications) -> str:
    """Return the list of a medium for shops: 33 columns, some of which nobody may use."""
    return _csv(HR_HACKER, (_hr_hacker_row(one) for one in applied))


def airwork(applied: Applications) -> str:
    """Return the list of a medium's management screen: one status, no dates but the application's, all quoted."""
    return _csv(AIRWORK, (_airwork_row(one) for one in applied), quoting=csv.QUOTE_ALL)


def restaurant(applied: Applications) -> str:
    """Return the list of a medium for restaurants: name and reading in one cell."""
    return _csv(RESTAURANT, (_restaurant_row(one) for one in applied))


def gourmet(applied: Applications) -> str:
    """Return the list of another medium for restaurants: day and time apart, and no word of what came of it."""
    return _csv(GOURMET, (_gourmet_row(one) for one in applied))


def hr_hacker_and_days(applied: Applications) -> str:
    """Return the list of a medium for shops with the days that its people added."""
    return _csv((*HR_HACKER, *BY_HAND), ([*_hr_hacker_row(one), *_days(one)] for one in applied))


def airwork_and_days(applied: Applications) -> str:
    """Return the list of a management screen with the days that its people added."""
    rows = ([*_airwork_row(one), *_days(one), one.reason] for one in applied)
    return _csv((*AIRWORK, *BY_HAND, "理由"), rows, quoting=csv.QUOTE_ALL)


def restaurant_and_days(applied: Applications) -> str:
    """Return the list of a medium for restaurants with the posting and the days that its people added."""
    rows = ([*_restaurant_row(one), one.opening.title, *_days(one)] for one in applied)
    return _csv((*RESTAURANT, "求人名", *BY_HAND), rows)


def gourmet_and_days(applied: Applications) -> str:
    """Return the list of another medium for restaurants with the result and the days that its people added."""
    rows = ([*_gourmet_row(one), one.status, *_days(one)] for one in applied)
    return _csv((*GOURMET, "選考状況", *BY_HAND), rows)


def encoded(text: str, encoding: str) -> bytes:
    """Return a file in an encoding, with what it can't write written as its systems do: 𠮷 as 吉, ễ as e."""
    if encoding.startswith("utf"):
        return text.encode(encoding)
    return "".join(_plain(character, encoding) for character in text).encode(encoding)


def _plain(character: str, encoding: str) -> str:
    if character.isascii() or _fits(character, encoding):
        return character
    if character in names.PLAINER:
        return names.PLAINER[character]
    return "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _spreadsheet_row(one: Applied) -> list[str]:
    return [
        one.number, _moment(one), one.person.name, one.person.kana, one.person.email, one.person.phone,
        one.person.prefecture, one.opening.key, one.opening.title, EMPLOYMENT[one.opening.employment_type], one.medium,
        one.recruiter, one.status, *(_day(one.stages.get(stage)) for stage in _STAGES), _day(one.decided_on),
        _day(one.told_on), _day(one.joined_on), _day(one.left_on), one.reason,
    ]  # fmt: skip


def _hr_hacker_row(one: Applied) -> list[str]:
    return [
        one.number, one.opening.title, one.status, one.medium, one.person.name, one.person.kana, _sex(one), _birth(one),
        "会社員", one.person.phone, one.person.email, "1000001", one.person.prefecture, "中央区", "1丁目", "2-3", "",
        "", "電話", "なし", "", "対面", "大学", "3か月以上", "", "", "", _day(one.stages.get("一次面接")), one.reason,
        _moment(one), _day(one.decided_on), one.opening.key, one.opening.place,
    ]  # fmt: skip


def _airwork_row(one: Applied) -> list[str]:
    return [
        one.number, one.person.name, _hiragana(one.person.kana), _birth(one), f"{_age(one)}歳", "1000001",
        f"{one.person.prefecture}中央区1-2-3", one.person.phone, one.person.email, _sex(one), one.medium, _moment(one),
        one.opening.key, one.opening.title, one.opening.place, one.status,
    ]  # fmt: skip


def _restaurant_row(one: Applied) -> list[str]:
    return [
        one.opening.place, FULL_TIME[one.opening.employment_type], one.opening.title, _moment(one),
        f"{one.person.name}（{one.person.kana}）", f"{one.person.prefecture}中央区1-2-3", f"{_age(one)}歳", _sex(one),
        "スマートフォン", one.person.phone, one.person.email, one.status, "すぐにでも",
        "人と接する仕事が好きです。\n笑顔で働きます。", "午後",
    ]  # fmt: skip


def _gourmet_row(one: Applied) -> list[str]:
    return [
        f"{one.applied_at:%Y/%m/%d}", f"{one.applied_at:%H:%M}", "首都圏", one.person.name, one.person.kana, _sex(one),
        str(_age(one)), "100-0001", one.person.prefecture, "中央区", "1-2-3", one.person.phone, one.person.email,
        "18時以降・電話", "調理師免許", "料理長の補佐を3年務めました。", one.opening.title, one.opening.place,
        FULL_TIME[one.opening.employment_type], one.opening.title,
    ]  # fmt: skip


def _days(one: Applied) -> list[str]:
    stages = [one.stages.get(stage) for stage in ("書類選考", "一次面接", "最終面接", "内定", "内定承諾")]
    return [_day(day) for day in (*stages, one.decided_on, one.told_on, one.joined_on, one.left_on)]


def _age(one: Applied) -> int:
    return 19 + sum(map(ord, one.person.phone)) * 7 % 40


def _birth(one: Applied) -> str:
    return f"{one.applied_at.year - _age(one)}/04/01"


def _sex(one: Applied) -> str:
    return ("女性", "男性", "回答しない")[sum(map(ord, one.number)) % 3]


def _hiragana(kana: str) -> str:
    return "".join(chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" else one for one in kana)


def _csv(
    header: tuple[str, ...],
    rows: collections.abc.Iterable[list[str]],
    *,
    delimiter: str = ",",
    quoting: typing.Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL,
) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", delimiter=delimiter, quoting=quoting)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _moment(one: Applied) -> str:
    return f"{one.applied_at:%Y/%m/%d %H:%M:%S}"


def _day(day: dt.date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _era(day: dt.date | None) -> str:
    return f"令和{day.year - 2018}年{day.month}月{day.day}日" if day else ""
