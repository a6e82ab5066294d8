"""The agencies, schools and the operator of the demo's network. Nobody of them exists."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.config.demo.employers import Seat
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.portals.public import demo_roles

_Kind, _Role = Organization.Kind, Member.Role


@dataclasses.dataclass(frozen=True, slots=True)
class Partner:
    """An organization that is no employer."""

    kind: str
    name: str
    industry: str
    prefecture: str
    domain: str
    seats: tuple[Seat, ...]

    def address(self, seat: Seat) -> str:
        """Return where a member reads mail."""
        return f"{seat.key}@{self.domain}"


PARTNERS: typing.Final = (
    Partner(
        _Kind.OPERATOR,
        "一般社団法人キャリアリレー運営機構",
        "services",
        "13",
        "relay-operator.example.jp",
        (
            Seat("aoki", "青木 誠", _Role.OPERATOR, demo_roles.PASSWORD),
            Seat("higuchi", "樋口 彩", _Role.OPERATOR),
        ),
    ),
    Partner(
        _Kind.AGENCY,
        "株式会社みらいキャリアパートナーズ",
        "services",
        "13",
        "mirai-career.example.jp",
        (
            Seat("okamoto", "岡本 香織", _Role.MANAGER, demo_roles.PASSWORD),
            Seat("ueda", "上田 樹", _Role.ADVISER, demo_roles.PASSWORD),
            Seat("hirose", "廣瀬 真由美", _Role.ADVISER),
        ),
    ),
    Partner(
        _Kind.AGENCY,
        "しらかば人材紹介株式会社",
        "services",
        "01",
        "shirakaba-jinzai.example.jp",
        (Seat("chiba", "千葉 光", _Role.MANAGER), Seat("sawada", "澤田 みなみ", _Role.ADVISER)),
    ),
    Partner(
        _Kind.AGENCY,
        "グローバルブリッジ・インターナショナル・リクルートメント合同会社",
        "services",
        "27",
        "global-bridge.example.jp",
        (Seat("kim", "Kim Minjun", _Role.MANAGER), Seat("johnson", "ジョンソン 絵美", _Role.ADVISER)),
    ),
    Partner(
        _Kind.AGENCY,
        "ひので人材株式会社",
        "services",
        "40",
        "hinode-jinzai.example.jp",
        (Seat("matsuo", "松尾 陸", _Role.MANAGER),),
    ),
    Partner(
        _Kind.SCHOOL,
        "学校法人青空学園 みなとデジタルカレッジ",
        "education",
        "14",
        "minato-digital.example.jp",
        (Seat("fujimoto", "藤本 学", _Role.MANAGER), Seat("yokoyama", "横山 ひかり", _Role.COORDINATOR)),
    ),
    Partner(
        _Kind.SCHOOL,
        "公益財団法人けやき職業訓練センター",
        "education",
        "23",
        "keyaki-kunren.example.jp",
        (Seat("sakai", "酒井 仁", _Role.MANAGER), Seat("noguchi", "野口 遥", _Role.COORDINATOR)),
    ),
)
