"""The known layouts as data: their columns, what each must become, and rows of invented people."""

from __future__ import annotations

import csv
import dataclasses
import io
import random
import typing

from career_relay.domain.hiring.intake.vocabulary import Field

if typing.TYPE_CHECKING:
    import collections.abc

KANA = {
    "佐藤": "サトウ",
    "髙橋": "タカハシ",
    "山﨑": "ヤマザキ",
    "渡邊": "ワタナベ",
    "田中": "タナカ",
    "林": "ハヤシ",
    "五十嵐": "イガラシ",
}
GIVEN = {"花子": "ハナコ", "太郎": "タロウ", "健一": "ケンイチ", "美咲": "ミサキ", "翔": "ショウ"}


@dataclasses.dataclass(frozen=True)
class Person:
    number: int
    family: str
    given: str

    @property
    def name(self) -> str:
        return f"{self.family} {self.given}"

    @property
    def kana(self) -> str:
        return f"{KANA[self.family]} {GIVEN[self.given]}"

    @property
    def email(self) -> str:
        return f"person{self.number}@example.com"

    @property
    def phone(self) -> str:
        return f"090-{1000 + self.number:04}-{5678 + self.number:04}"

    @property
    def day(self) -> str:
        return f"2026/{self.number % 12 + 1:02}/{self.number % 28 + 1:02}"

    @property
    def time(self) -> str:
        return f"{self.number % 24:02}:{self.number % 60:02}"


def unimportant(person: Person) -> str:
    return f"x{person.number}語"


def people(number: int) -> list[Person]:
    chance = random.Random(20260611)  # noqa: S311 -- invented people, the same each time
    return [Person(at, chance.choice(list(KANA)), chance.choice(list(GIVEN))) for at in range(number)]


Cell: typing.TypeAlias = "collections.abc.Callable[[Person], str]"


@dataclasses.dataclass(frozen=True)
class Layout:
    """`header` holds the columns in order; `fields` those that mean something; `cells` what stands in a column."""

    name: str
    header: str
    fields: dict[str, Field]
    cells: dict[str, Cell]
    encoding: str = "utf-8-sig"

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.header.split(","))

    def row(self, person: Person) -> list[str]:
        return [self.cells.get(column, unimportant)(person) for column in self.columns]


def content(
    layout: Layout,
    *,
    encoding: str,
    order: list[int] | None = None,
    rename: collections.abc.Callable[[str], str] = str,
    number: int = 30,
) -> bytes:
    order = order or list(range(len(layout.columns)))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([rename(layout.columns[at]) for at in order])
    for person in people(number):
        row = layout.row(person)
        writer.writerow([row[at] for at in order])
    return text.getvalue().encode(encoding)


def wide(header: str) -> str:
    """Return the header in full-width letters and digits, as some systems write it."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in header)


def _choice(*words: str) -> Cell:
    return lambda person: words[person.number % len(words)]


def _id(prefix: str) -> Cell:
    return lambda person: f"{prefix}{100000 + person.number * 7}"


NAME: Cell = lambda person: person.name  # noqa: E731 -- the cells of a table, not functions
KANA_CELL: Cell = lambda person: person.kana  # noqa: E731
EMAIL: Cell = lambda person: person.email  # noqa: E731
PHONE: Cell = lambda person: person.phone  # noqa: E731
DAY: Cell = lambda person: person.day  # noqa: E731
TIME: Cell = lambda person: person.time  # noqa: E731
MOMENT: Cell = lambda person: f"{person.day} {person.time}:06"  # noqa: E731
SOMETIMES_DAY: Cell = lambda person: person.day if person.number % 3 else ""  # noqa: E731
PREFECTURE = _choice("東京都", "大阪府", "北海道", "神奈川県")
POSTING = _choice("ホールスタッフ（渋谷店）", "キッチンスタッフ", "店長候補")
FAMILY = _choice("営業", "接客・販売", "調理")
STATUS = _choice("未対応", "選考中", "不採用", "辞退", "採用", "一次面接")
SOURCE = _choice("Indeed", "求人ボックス", "自社サイト", "社員紹介", "エージェント")
TYPE = _choice("アルバイト・パート", "正社員", "契約社員")
AGE: Cell = lambda person: f"{20 + person.number}歳"  # noqa: E731
POSTAL = _choice("150-0001", "5300001")
ADDRESS = _choice("東京都港区芝1-2-3", "大阪府大阪市北区4-5")
WORDS = _choice("人と話すことが好きです。", "調理の経験が三年あります。", "")

HR_HACKER = Layout(
    "L1",
    (
        "応募者id,応募求人先,選考ステータス,応募経路,名前,名前フリガナ,性別,生年月日,現在の職業,電話番号,メールアドレス,郵便番号,都道府県,市区町村,丁目,番地,建物名,連絡希望日,連絡方法,"
        "見学会希望有無,見学会希望日,希望面接形態,学歴,勤務可能期間,自由項目1,自由項目2,自由項目3,面接予定日,選考理由,応募日時,更新日,店舗ID,店舗名"
    ),
    {
        "応募者id": Field.APPLICANT_ID,
        "応募求人先": Field.POSTING_ID,
        "選考ステータス": Field.STATUS,
        "応募経路": Field.SOURCE,
        "名前": Field.NAME,
        "名前フリガナ": Field.KANA,
        "電話番号": Field.PHONE,
        "メールアドレス": Field.EMAIL,
        "都道府県": Field.PREFECTURE,
        "選考理由": Field.REASON,
        "応募日時": Field.APPLIED_AT,
    },
    {
        "応募者id": _id(""),
        "応募求人先": _id(""),
        "選考ステータス": STATUS,
        "応募経路": SOURCE,
        "名前": NAME,
        "名前フリガナ": KANA_CELL,
        "性別": _choice("男性", "女性"),
        "生年月日": _choice("1999/01/02"),
        "電話番号": PHONE,
        "メールアドレス": EMAIL,
        "郵便番号": POSTAL,
        "都道府県": PREFECTURE,
        "面接予定日": SOMETIMES_DAY,
        "選考理由": WORDS,
        "応募日時": MOMENT,
        "更新日": MOMENT,
        "店舗ID": _id("S"),
    },
    "cp932",
)

AIR_WORK = Layout(
    "L2",
    (
        "応募ID,応募者名,ふりがな,生年月日,年齢,郵便番号,住所,電話番号,メールアドレス,性別,現在の就業状況,最終学歴,学校名,学部・学科,卒業年月,語学,資格,PCスキル,経験職種,経験年数,経験社数,職務経歴,自己PR,志望動機,"
        "応募経路,応募端末,応募画面,応募日時,応募求人ID,求人管理番号,求人タイトル,企業名,勤務先名,勤務地,最寄り駅,雇用形態,職種名,希望勤務地,希望シフト,希望勤務日数,入社可能時期,面接希望日1,面接希望日2,面接希望日3,連絡可能時間,"
        "質問1,回答1,質問2,回答2,質問3,回答3,対応状況,担当者,面接日時,面接場所,評価,メモ,最終更新日時,最終更新者"
    ),
    {
        "応募ID": Field.APPLICATION_ID,
        "応募者名": Field.NAME,
        "ふりがな": Field.KANA,
        "電話番号": Field.PHONE,
        "メールアドレス": Field.EMAIL,
        "応募経路": Field.SOURCE,
        "応募日時": Field.APPLIED_AT,
        "応募求人ID": Field.POSTING_ID,
        "求人タイトル": Field.POSTING_TITLE,
        "雇用形態": Field.EMPLOYMENT_TYPE,
        "職種名": Field.JOB_FAMILY,
        "対応状況": Field.STATUS,
        "担当者": Field.RECRUITER,
        "メモ": Field.NOTE,
    },
    {
        "応募ID": _id("AW"),
        "応募者名": NAME,
        "ふりがな": lambda person: person.kana,
        "年齢": AGE,
        "郵便番号": POSTAL,
        "住所": ADDRESS,
        "電話番号": PHONE,
        "メールアドレス": EMAIL,
        "応募経路": SOURCE,
        "応募日時": MOMENT,
        "応募求人ID": _id(""),
        "求人管理番号": _id("K"),
        "求人タイトル": POSTING,
        "雇用形態": TYPE,
        "職種名": FAMILY,
        "面接希望日1": DAY,
        "対応状況": STATUS,
        "担当者": _choice("採用 太郎"),
        "面接日時": SOMETIMES_DAY,
        "メモ": WORDS,
        "最終更新日時": MOMENT,
    },
)

INSHOKUTEN = Layout(
    "L3",
    (
        "店名,雇用形態,職種,応募日時,名前（カナ）,住所,年齢,性別,応募環境,電話番号,メール,現在の状況,転職時期,自己PR,希望連絡時間"
    ),
    {
        "雇用形態": Field.EMPLOYMENT_TYPE,
        "職種": Field.JOB_FAMILY,
        "応募日時": Field.APPLIED_AT,
        "名前（カナ）": Field.NAME,
        "電話番号": Field.PHONE,
        "メール": Field.EMAIL,
        "現在の状況": Field.STATUS,
    },
    {
        "店名": _choice("渋谷店"),
        "雇用形態": TYPE,
        "職種": FAMILY,
        "応募日時": MOMENT,
        "名前（カナ）": lambda person: f"{person.name}（{person.kana}）",
        "住所": ADDRESS,
        "年齢": AGE,
        "電話番号": PHONE,
        "メール": EMAIL,
        "現在の状況": STATUS,
        "自己PR": WORDS,
    },
    "cp932",
)

GOURMET_CAREER = Layout(
    "L4",
    (
        "応募日,応募時間,エリア,氏名,氏名(カナ),性別,年齢,郵便番号,都道府県,市区町村,住所,電話番号,メール,希望連絡時間・連絡方法,取得資格,自己PR,応募先名（原稿名）,応募遷移,希望雇用形態,希望職種"
    ),
    {
        "応募日": Field.APPLIED_AT,
        "応募時間": Field.APPLIED_TIME,
        "氏名": Field.NAME,
        "氏名(カナ)": Field.KANA,
        "都道府県": Field.PREFECTURE,
        "電話番号": Field.PHONE,
        "メール": Field.EMAIL,
        "応募先名（原稿名）": Field.POSTING_TITLE,
        "希望雇用形態": Field.EMPLOYMENT_TYPE,
        "希望職種": Field.JOB_FAMILY,
    },
    {
        "応募日": DAY,
        "応募時間": TIME,
        "氏名": NAME,
        "氏名(カナ)": KANA_CELL,
        "年齢": AGE,
        "郵便番号": POSTAL,
        "都道府県": PREFECTURE,
        "住所": ADDRESS,
        "電話番号": PHONE,
        "メール": EMAIL,
        "応募先名（原稿名）": POSTING,
        "希望雇用形態": TYPE,
        "希望職種": FAMILY,
    },
    "cp932",
)

HERP = Layout(
    "L5",
    ("応募時刻,名前,応募経路,選考ステップ,募集職種,選考終了理由,メールアドレス"),
    {
        "応募時刻": Field.APPLIED_AT,
        "名前": Field.NAME,
        "応募経路": Field.SOURCE,
        "選考ステップ": Field.STAGE,
        "募集職種": Field.POSTING_TITLE,
        "選考終了理由": Field.OUTCOME,
        "メールアドレス": Field.EMAIL,
    },
    {
        "応募時刻": MOMENT,
        "名前": NAME,
        "応募経路": _choice("求人媒体", "自社サイト", "社員紹介", "エージェント", "求人媒体(スカウト)", "その他"),
        "選考ステップ": _choice("エントリー", "カジュアル面談", "書類選考", "一次面接", "二次面接", "最終面接", "内定"),
        "募集職種": _choice("エンジニア", "デザイナー"),
        "選考終了理由": _choice("入社決定", "応募者辞退", "不採用", "非選考対象", ""),
        "メールアドレス": EMAIL,
    },
)

HRMOS = Layout(
    "L6",
    (
        "応募ID,氏名,電話番号,メール,住所,学歴,社歴,備考,レジュメ,応募ラベル,選考ポジション,応募経路,応募日時,更新日時,ステータス,選考ステータス,ステップ,選考・面談日,各選考の実施日,判定結果入力日,不合格,辞退,入社日"
    ),
    {
        "応募ID": Field.APPLICATION_ID,
        "氏名": Field.NAME,
        "電話番号": Field.PHONE,
        "メール": Field.EMAIL,
        "備考": Field.NOTE,
        "選考ポジション": Field.POSTING_TITLE,
        "応募経路": Field.SOURCE,
        "応募日時": Field.APPLIED_AT,
        "選考ステータス": Field.STATUS,
        "ステップ": Field.STAGE,
        "判定結果入力日": Field.DECIDED_AT,
        "不合格": Field.REJECTED_ON,
        "辞退": Field.WITHDREW_ON,
        "入社日": Field.JOINED_ON,
    },
    {
        "応募ID": _id(""),
        "氏名": NAME,
        "電話番号": PHONE,
        "メール": EMAIL,
        "住所": ADDRESS,
        "備考": WORDS,
        "選考ポジション": POSTING,
        "応募経路": SOURCE,
        "応募日時": MOMENT,
        "更新日時": MOMENT,
        "ステータス": _choice("選考中", "選考終了"),
        "選考ステータス": _choice("書類選考中", "一次面接待ち"),
        "ステップ": _choice("書類選考", "一次面接"),
        "選考・面談日": SOMETIMES_DAY,
        "判定結果入力日": SOMETIMES_DAY,
        "不合格": SOMETIMES_DAY,
        "辞退": lambda person: "'",
        "入社日": lambda person: "'",
    },
)

ROBO_ROBO = Layout(
    "L7",
    (
        "候補者基本.氏名,候補者基本.氏名かな,候補者基本.登録先求人,候補者基本.添付資料,候補者基本.顔写真,候補者一般.郵便番号,候補者一般.就職転職状況,候補者一般.住所,候補者一般.生年月日,候補者一般.性別,候補者一般.配偶者,"
        "候補者一般.扶養家族,候補者一般.メール1,候補者一般.メール2,候補者一般.電話1,候補者一般.電話2,候補者一般.自己PR_推薦文,候補者一般.志望理由,候補者学歴.最終学歴_学校名,候補者学歴.備考,候補者職歴.職歴1_会社名,候補者職歴.職歴1_部署"
    ),
    {
        "候補者基本.氏名": Field.NAME,
        "候補者基本.氏名かな": Field.KANA,
        "候補者基本.登録先求人": Field.POSTING_TITLE,
        "候補者一般.メール1": Field.EMAIL,
        "候補者一般.電話1": Field.PHONE,
    },
    {
        "候補者基本.氏名": NAME,
        "候補者基本.氏名かな": KANA_CELL,
        "候補者基本.登録先求人": POSTING,
        "候補者一般.住所": ADDRESS,
        "候補者一般.メール1": EMAIL,
        "候補者一般.メール2": lambda person: "",
        "候補者一般.電話1": PHONE,
        "候補者一般.電話2": lambda person: "",
        "候補者学歴.備考": WORDS,
    },
)

TALENTS_FORCE = Layout(
    "L8",
    (
        "Full Name*,Email*,Phone Number,Links,Skills,Summary,Position,Nationality,Birthday,Languages,Country,State,Talent Pools,Experience Level"
    ),
    {"Full Name*": Field.NAME, "Email*": Field.EMAIL, "Phone Number": Field.PHONE, "Position": Field.POSTING_TITLE},
    {
        "Full Name*": lambda person: f"Person {person.kana}",
        "Email*": EMAIL,
        "Phone Number": PHONE,
        "Position": _choice("Sales Manager", "Engineer"),
        "Birthday": _choice("1999/01/02"),
        "State": _choice("Tokyo"),
    },
)

WANTEDLY = Layout(
    "L9",
    (
        "応募ID,氏名,フリガナ,メールアドレス,電話番号,応募日,応募経路,募集名,選考ステップ,選考結果,書類選考日,一次面接日,二次面接日,最終面接日,内定日,内定承諾日,入社日,不採用日,辞退日,担当者,タグ"
    ),
    {
        "応募ID": Field.APPLICATION_ID,
        "氏名": Field.NAME,
        "フリガナ": Field.KANA,
        "メールアドレス": Field.EMAIL,
        "電話番号": Field.PHONE,
        "応募日": Field.APPLIED_AT,
        "応募経路": Field.SOURCE,
        "募集名": Field.POSTING_TITLE,
        "選考ステップ": Field.STAGE,
        "選考結果": Field.OUTCOME,
        "書類選考日": Field.STAGE_DATE_DOCUMENTS,
        "一次面接日": Field.STAGE_DATE_FIRST,
        "二次面接日": Field.STAGE_DATE_SECOND,
        "最終面接日": Field.STAGE_DATE_FINAL,
        "内定日": Field.OFFERED_AT,
        "内定承諾日": Field.ACCEPTED_AT,
        "入社日": Field.JOINED_ON,
        "不採用日": Field.REJECTED_ON,
        "辞退日": Field.WITHDREW_ON,
        "担当者": Field.RECRUITER,
    },
    {
        "応募ID": _id("W"),
        "氏名": NAME,
        "フリガナ": KANA_CELL,
        "メールアドレス": EMAIL,
        "電話番号": PHONE,
        "応募日": MOMENT,
        "応募経路": _choice("Wantedly", "HRMOS", "ジョブカン"),
        "募集名": POSTING,
        "選考ステップ": _choice("書類選考", "一次面接"),
        "選考結果": _choice("選考中", "不採用"),
        "書類選考日": DAY,
        **dict.fromkeys(
            ("一次面接日", "二次面接日", "最終面接日", "内定日", "内定承諾日", "入社日", "不採用日", "辞退日"),
            SOMETIMES_DAY,
        ),
        "担当者": _choice("採用 花子"),
    },
)

JOBCAN = Layout(
    "L10",
    (
        "姓,名,姓（カナ）,名（カナ）,メールアドレス,電話番号,応募日時,応募経路,お仕事番号1,お仕事番号2,お仕事番号3,選考状況,生年月日,最終学歴,備考"
    ),
    {
        "姓": Field.FAMILY_NAME,
        "名": Field.GIVEN_NAME,
        "姓（カナ）": Field.FAMILY_KANA,
        "名（カナ）": Field.GIVEN_KANA,
        "メールアドレス": Field.EMAIL,
        "電話番号": Field.PHONE,
        "応募日時": Field.APPLIED_AT,
        "応募経路": Field.SOURCE,
        "お仕事番号1": Field.POSTING_ID,
        "選考状況": Field.STATUS,
        "備考": Field.NOTE,
    },
    {
        "姓": lambda person: person.family,
        "名": lambda person: person.given,
        "姓（カナ）": lambda person: KANA[person.family],
        "名（カナ）": lambda person: GIVEN[person.given],
        "メールアドレス": EMAIL,
        "電話番号": PHONE,
        "応募日時": MOMENT,
        "応募経路": SOURCE,
        "お仕事番号1": _id("J"),
        "お仕事番号2": lambda person: "",
        "お仕事番号3": lambda person: "",
        "選考状況": STATUS,
        "備考": WORDS,
    },
    "cp932",
)

SPREADSHEET = Layout(
    "L11",
    (
        "応募者ID,応募日時,応募者氏名,年齢,性別,前職業種,前職職種,法人営業経験年数,流入元LP,流入元LINE追加URL,媒体推定,Campaign名,Ad名,AdSet名,EXP-ID,訴求軸,形式,応募チャネル,ステータス,連絡到達,面談実施日,1次面接日,最終面接日,内定日,採用日,"
        "90日定着,辞退理由,LINEトーク履歴URL,担当者,備考"
    ),
    {
        "応募者ID": Field.APPLICANT_ID,
        "応募日時": Field.APPLIED_AT,
        "応募者氏名": Field.NAME,
        "応募チャネル": Field.SOURCE,
        "ステータス": Field.STATUS,
        "面談実施日": Field.STAGE_DATE_CASUAL,
        "1次面接日": Field.STAGE_DATE_FIRST,
        "最終面接日": Field.STAGE_DATE_FINAL,
        "内定日": Field.OFFERED_AT,
        "採用日": Field.JOINED_ON,
        "辞退理由": Field.REASON,
        "担当者": Field.RECRUITER,
        "備考": Field.NOTE,
    },
    {
        "応募者ID": _id("A-"),
        "応募日時": MOMENT,
        "応募者氏名": NAME,
        "年齢": AGE,
        "応募チャネル": _choice("LINE", "Indeed"),
        "ステータス": STATUS,
        **dict.fromkeys(("面談実施日", "1次面接日", "最終面接日", "内定日", "採用日"), SOMETIMES_DAY),
        "辞退理由": WORDS,
        "担当者": _choice("採用 花子"),
        "備考": WORDS,
    },
)

AGENCY = Layout(
    "L12",
    (
        "application_id,name,name_kana,birth_date,phone,email,address_pref,address_city,address_detail,current_income,desired_income,client,job_title,stage_current,apply_route,recommended_at,first_interview_at,offer_date,offer_accept_date,join_date,"
        "pre_join_withdraw_date,post_join_quit_date,fee_amount,refund_amount"
    ),
    {
        "application_id": Field.APPLICATION_ID,
        "name": Field.NAME,
        "name_kana": Field.KANA,
        "phone": Field.PHONE,
        "email": Field.EMAIL,
        "address_pref": Field.PREFECTURE,
        "job_title": Field.POSTING_TITLE,
        "stage_current": Field.STAGE,
        "apply_route": Field.SOURCE,
        "recommended_at": Field.APPLIED_AT,
        "first_interview_at": Field.STAGE_DATE_FIRST,
        "offer_date": Field.OFFERED_AT,
        "offer_accept_date": Field.ACCEPTED_AT,
        "join_date": Field.JOINED_ON,
        "pre_join_withdraw_date": Field.WITHDREW_ON,
        "post_join_quit_date": Field.LEFT_ON,
    },
    {
        "application_id": _id(""),
        "name": NAME,
        "name_kana": KANA_CELL,
        "phone": PHONE,
        "email": EMAIL,
        "address_pref": PREFECTURE,
        "job_title": POSTING,
        "stage_current": _choice("書類選考", "一次面接"),
        "apply_route": SOURCE,
        "recommended_at": DAY,
        **dict.fromkeys(
            (
                "first_interview_at",
                "offer_date",
                "offer_accept_date",
                "join_date",
                "pre_join_withdraw_date",
                "post_join_quit_date",
            ),
            SOMETIMES_DAY,
        ),
        "fee_amount": _choice("1200000"),
    },
)

OPEN_CATS = Layout(
    "L14",
    (
        "Full Name,Address,City,State,Zip,Home Phone,Cell Phone,Work Phone,Notes,Current Employer,Email,Email 2,Web Site,Key Skills"
    ),
    {"Full Name": Field.NAME, "Cell Phone": Field.PHONE, "Notes": Field.NOTE, "Email": Field.EMAIL},
    {
        "Full Name": lambda person: f"Person {person.kana}",
        "State": _choice("Tokyo"),
        "Home Phone": _choice("03-1234-5678"),
        "Cell Phone": PHONE,
        "Work Phone": _choice("03-1234-5679"),
        "Notes": WORDS,
        "Email": EMAIL,
        "Email 2": lambda person: "",
    },
)

ALL = (
    HR_HACKER,
    AIR_WORK,
    INSHOKUTEN,
    GOURMET_CAREER,
    HERP,
    HRMOS,
    ROBO_ROBO,
    TALENTS_FORCE,
    WANTEDLY,
    JOBCAN,
    SPREADSHEET,
    AGENCY,
    OPEN_CATS,
)
COMPLETE = (HR_HACKER, AIR_WORK, INSHOKUTEN, GOURMET_CAREER)
