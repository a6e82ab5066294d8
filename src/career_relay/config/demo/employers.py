"""The demo's six employers: who works there, whom they look for, what their files look like. Nobody of them exists."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.config.demo import exports
from career_relay.config.demo.year import SHOP, TECHNICAL, WHITE_COLLAR, Opening, Plan
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.portals.public import demo_roles

if typing.TYPE_CHECKING:
    from career_relay.config.demo.exports import Layout

OWNER, RECRUITER, MANAGER = Member.Role.OWNER, Member.Role.RECRUITER, Member.Role.HIRING_MANAGER
GRADUATE, MID_CAREER, PART_TIME = EmploymentType.NEW_GRADUATE, EmploymentType.MID_CAREER, EmploymentType.PART_TIME


@dataclasses.dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who works for an organization; nobody but the main employer's members can sign in."""

    key: str
    name: str
    role: str
    password: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Files:
    """How an employer's applications come in: from which source, in which layout and encoding, and which of them."""

    source: str
    name: str
    layout: Layout
    encoding: str
    share: slice = dataclasses.field(default_factory=lambda: slice(None))


@dataclasses.dataclass(frozen=True, slots=True)
class Mailing:
    """Notices that went out some days ago, to those of a kind of hiring who came as far as a stage, and no further.

    `people` is how many at most, `registered` how many of them registered.
    """

    days_ago: int
    kind: EmploymentType
    stage: str
    people: int
    registered: int
    is_stopped: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Employer:
    """An employer of the network. `links` are made at its start: a name, the kind of hiring, the stage and a label."""

    name: str
    industry: str
    prefecture: str
    domain: str
    seats: tuple[Seat, ...]
    plan: Plan
    files: tuple[Files, ...]
    links: dict[str, tuple[str, str, str]]
    basis: tuple[str, str] = ("agreed_at_application", "応募フォームの「選考後のご案内」の欄（人事部）")
    mailings: tuple[Mailing, ...] = ()
    managed: str = ""

    def address(self, seat: Seat) -> str:
        """Return where a member reads mail."""
        return f"{seat.key}@{self.domain}"


MAIN: typing.Final = Employer(
    name=demo_roles.EMPLOYER,
    industry="manufacturing",
    prefecture="14",
    domain=demo_roles.EMPLOYER_DOMAIN,
    seats=tuple(Seat(one.key, one.name, one.role, demo_roles.PASSWORD) for one in demo_roles.MEMBERS),
    plan=Plan(
        "MS",
        (
            Opening("J-101", "機械設計エンジニア", MID_CAREER, 5),
            Opening("J-102", "生産技術（自動化ライン）", MID_CAREER, 4),
            Opening("J-103", "品質保証", MID_CAREER, 3),
            Opening("J-104", "法人営業（産業用精密部品）", MID_CAREER, 3),
            Opening("J-201", "技術系総合職（2027年卒）", GRADUATE, 8),
            Opening("J-202", "事務系総合職（2027年卒）", GRADUATE, 4),
            Opening("J-301", "組立・検査スタッフ（横浜第二工場・週3日から）", PART_TIME, 5),
        ),
        125,
        ("佐藤 健", "髙﨑 美咲"),
        WHITE_COLLAR,
        relay_days=20,
        told_by_hand=0.5,
    ),
    files=(Files("採用管理表", "採用管理表.csv", exports.spreadsheet, "cp932"),),
    links={
        "graduates": ("new_graduate", "documents", "新卒・書類選考（2027 年）"),
        "engineers": ("mid_career", "interview", "中途・技術職の面接"),
        "shops": ("part_time", "documents", ""),
    },
    mailings=(
        Mailing(18, MID_CAREER, "documents", 30, 4),
        Mailing(18, GRADUATE, "documents", 30, 3),
        Mailing(10, MID_CAREER, "documents", 20, 3),
    ),
    managed="J-101",
)
SOFTWARE: typing.Final = Employer(
    name="株式会社あおばソフトウェア",
    industry="information",
    prefecture="13",
    domain="aoba-software.example.jp",
    seats=(
        Seat("igarashi", "五十嵐 翼", OWNER),
        Seat("miyazaki", "宮﨑 千尋", RECRUITER),
        Seat("li", "李 明", MANAGER),
    ),
    plan=Plan(
        "AS",
        (
            Opening("ENG-1", "バックエンドエンジニア", MID_CAREER, 6),
            Opening("ENG-2", "フロントエンドエンジニア", MID_CAREER, 5),
            Opening("PM-1", "プロダクトマネージャー", MID_CAREER, 2),
            Opening("NG-27", "新卒エンジニア（2027年卒）", GRADUATE, 5),
        ),
        85,
        ("宮﨑 千尋",),
        TECHNICAL,
        relay_days=120,
        told_by_hand=0.8,
    ),
    files=(Files("選考シート", "選考シート.csv", exports.spreadsheet, "utf-8-sig"),),
    links={"interview": ("mid_career", "interview", ""), "graduates": ("new_graduate", "interview", "")},
    mailings=(Mailing(112, MID_CAREER, "documents", 30, 5), Mailing(26, MID_CAREER, "documents", 25, 4)),
    managed="ENG-1",
)
SUPERMARKET: typing.Final = Employer(
    name="スーパーまつば株式会社",
    industry="trade",
    prefecture="11",
    domain="super-matsuba.example.jp",
    seats=(Seat("matsuba", "松葉 直美", OWNER), Seat("kojima", "小嶋 亮", RECRUITER)),
    plan=Plan(
        "SM",
        (
            Opening("S-01", "レジ（大宮店）", PART_TIME, 6, "大宮店"),
            Opening("S-02", "品出し・早朝（川口店）", PART_TIME, 5, "川口店"),
            Opening("S-03", "惣菜調理（所沢店）", PART_TIME, 4, "所沢店"),
            Opening("S-90", "店長候補", MID_CAREER, 2, "本部"),
        ),
        90,
        ("小嶋 亮",),
        SHOP,
        relay_days=90,
        told_by_hand=0.8,
    ),
    files=(Files("求人媒体の応募者一覧", "applicants.csv", exports.hr_hacker_and_days, "cp932"),),
    links={"shops": ("part_time", "documents", "店舗アルバイト・書類選考")},
    mailings=(
        Mailing(84, PART_TIME, "interview", 20, 0, is_stopped=True),
        Mailing(24, PART_TIME, "interview", 25, 4),
    ),
)
RESTAURANTS: typing.Final = Employer(
    name="北斗フーズ株式会社",
    industry="hospitality",
    prefecture="01",
    domain="hokuto-foods.example.jp",
    seats=(Seat("nikaido", "二階堂 舞", OWNER), Seat("kudo", "工藤 匠", RECRUITER)),
    plan=Plan(
        "HF",
        (
            Opening("R-1", "ホールスタッフ", PART_TIME, 6, "札幌大通店"),
            Opening("R-2", "キッチンスタッフ", PART_TIME, 6, "小樽運河店"),
            Opening("R-3", "調理師（正社員）", MID_CAREER, 3, "札幌大通店"),
            Opening("R-4", "店長候補", MID_CAREER, 2, "函館駅前店"),
        ),
        60,
        ("工藤 匠",),
        SHOP,
        relay_days=60,
        told_by_hand=0.75,
    ),
    files=(
        Files("飲食店の求人サイト", "応募者リスト.csv", exports.restaurant_and_days, "cp932", slice(0, None, 2)),
        Files("調理の求人サイト", "oubo_list.csv", exports.gourmet_and_days, "cp932", slice(1, None, 2)),
    ),
    links={"shops": ("part_time", "interview", ""), "cooks": ("mid_career", "interview", "調理師・面接")},
    basis=("legal_view", "顧問弁護士の見解（リンクの案内は選考結果の通知に付随する）"),
    mailings=(Mailing(33, PART_TIME, "interview", 25, 4),),
)
CARE: typing.Final = Employer(
    name="医療法人社団ひかり会",
    industry="medical",
    prefecture="27",
    domain="hikarikai.example.jp",
    seats=(
        Seat("nishimura", "西村 由美子", OWNER),
        Seat("tanimura", "谷村 薫", RECRUITER),
        Seat("hara", "原 恵子", MANAGER),
    ),
    plan=Plan(
        "HK",
        (
            Opening("K-10", "介護職員（特別養護老人ホーム）", MID_CAREER, 6, "大阪市"),
            Opening("K-11", "看護師（訪問看護ステーション）", MID_CAREER, 4, "堺市"),
            Opening("K-12", "医療事務", MID_CAREER, 3, "大阪市"),
            Opening("K-20", "送迎ドライバー（週2日から）", PART_TIME, 2, "堺市"),
        ),
        58,
        ("谷村 薫",),
        WHITE_COLLAR,
        relay_days=150,
        told_by_hand=0.8,
    ),
    files=(Files("採用管理画面", "応募一覧.csv", exports.airwork_and_days, "utf-8-sig"),),
    links={"care": ("mid_career", "interview", "介護・看護の面接")},
    mailings=(Mailing(142, MID_CAREER, "documents", 25, 4), Mailing(40, MID_CAREER, "documents", 25, 4)),
    managed="K-10",
)
LOGISTICS: typing.Final = Employer(
    name="丸一急送株式会社",
    industry="transport",
    prefecture="23",
    domain="maruichi-kyuso.example.jp",
    seats=(Seat("ito", "伊藤 浩", OWNER), Seat("kato", "加藤 沙也加", RECRUITER)),
    plan=Plan(
        "MK",
        (
            Opening("D-1", "中型トラックドライバー", MID_CAREER, 6, "名古屋営業所"),
            Opening("D-2", "倉庫内作業・フォークリフト", MID_CAREER, 4, "小牧センター"),
            Opening("D-3", "仕分けスタッフ（夜間）", PART_TIME, 5, "小牧センター"),
            Opening("D-4", "運行管理", MID_CAREER, 1, "名古屋営業所"),
        ),
        46,
        ("加藤 沙也加",),
        SHOP,
        relay_days=40,
    ),
    files=(Files("営業所の応募台帳", "応募台帳.tsv", exports.numbered_sheet, "euc_jp"),),
    links={"drivers": ("mid_career", "interview", "ドライバー・面接")},
    mailings=(Mailing(25, MID_CAREER, "interview", 20, 3),),
)
EMPLOYERS: typing.Final = (MAIN, SOFTWARE, SUPERMARKET, RESTAURANTS, CARE, LOGISTICS)
