"""Work that no paid agency may place people in (law L3): port transport and building with one's own hands."""

from __future__ import annotations

import re
import typing

from django.utils.translation import gettext as _

from career_relay.kernel import japanese

_PORTS: typing.Final = re.compile(r"港湾(運送|荷役|作業|労働)|(沿岸|船内)荷役|はしけ(運送|作業)|いかだ運送")
_TRADES: typing.Final = re.compile(
    r"大工(?![場業程学務])|(とび|鳶)(職|工|作業)|左官|型枠|鉄筋工|足場(工|組立|作業|職)|解体工|舗装工|防水工|内装工"
    r"|配管工|塗装工|電気工事(士|作業|工)|土工|建設(業務|労働者)"
)
_SITE: typing.Final = re.compile(r"建設|建築|土木|工事|解体|足場|舗装|内装")
_HANDS: typing.Final = re.compile(r"(?<!事務)(?<!設計)作業|職人(?![材事])|工員|労務者|見習い|手元")
_DESK: typing.Final = re.compile(
    r"施工管理|現場監督|現場代理人|設計|積算|営業|事務|経理|人事|総務|企画|cad|製図|研究|開発|管理者|コンサルタント|販売"
)


def barred_work(words: str) -> str | None:
    """Return which barred work a posting's title or occupation speaks of, or None.

    Managing a site, design, sales and office work of a builder or a port are no barred work; who names a worker's own
    hands beside them is taken at that word.
    """
    text = japanese.normalise(words).lower().replace(" ", "")
    by_hand, at_desk = bool(_HANDS.search(text)), bool(_DESK.search(text))
    if _PORTS.search(text) and not at_desk:
        return _("港湾運送業務")
    if (_SITE.search(text) and by_hand) or (_TRADES.search(text) and not at_desk):
        return _("建設業務")
    return None
