"""Working conditions (労働条件) as placement offices must state them: 職業安定法 5条の3, 施行規則 4条の2."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import typing

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if typing.TYPE_CHECKING:
    import collections.abc

    from django.utils.functional import _StrPromise

HIGHEST_SALARY: typing.Final = 1_000_000_000

LABELS: typing.Final[dict[str, _StrPromise]] = {
    "duties": gettext_lazy("仕事の内容"),
    "duties_change": gettext_lazy("仕事の内容の変更の範囲"),
    "contract": gettext_lazy("契約期間"),
    "contract_detail": gettext_lazy("期間と更新の基準"),
    "trial": gettext_lazy("試用期間"),
    "place": gettext_lazy("就業場所"),
    "place_change": gettext_lazy("就業場所の変更の範囲"),
    "hours": gettext_lazy("就業時間"),
    "breaks": gettext_lazy("休憩時間"),
    "holidays": gettext_lazy("休日"),
    "overtime": gettext_lazy("時間外労働"),
    "salary_min": gettext_lazy("年収の下限"),
    "salary_max": gettext_lazy("年収の上限"),
    "pay": gettext_lazy("賃金の内訳"),
    "fixed_overtime": gettext_lazy("固定残業代"),
    "insurance": gettext_lazy("加入する保険"),
    "smoking": gettext_lazy("受動喫煙を防ぐ措置"),
    "is_dispatch": gettext_lazy("派遣での雇用"),
    "requirements": gettext_lazy("応募の条件"),
    "employer_address": gettext_lazy("採用する会社の所在地"),
    "employer_contact": gettext_lazy("採用する会社の連絡先"),
}
CONTRACTS: typing.Final[dict[str, _StrPromise]] = {
    "indefinite": gettext_lazy("期間の定めなし"),
    "fixed": gettext_lazy("期間の定めあり"),
}
INSURANCE: typing.Final[dict[str, _StrPromise]] = {
    "employment": gettext_lazy("雇用保険"),
    "accident": gettext_lazy("労災保険"),
    "health": gettext_lazy("健康保険"),
    "pension": gettext_lazy("厚生年金"),
}
LONGEST: typing.Final = {
    **dict.fromkeys(LABELS, 400),
    "duties": 2000,
    "pay": 1000,
    "requirements": 1000,
    "employer_address": 200,
    "employer_contact": 200,
}
_SALARY: typing.Final = gettext_lazy("想定年収")
_ALWAYS: typing.Final = frozenset(LABELS) - {
    "contract_detail",
    "salary_max",
    "fixed_overtime",
    "is_dispatch",
    "requirements",
    "employer_address",
    "employer_contact",
}
_OF_FIXED: typing.Final = frozenset({"contract_detail"})
_OF_OUTSIDE: typing.Final = frozenset({"employer_address", "employer_contact"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The conditions somebody would work under. Salaries are yen a year; what is empty has not been said."""

    duties: str = ""
    duties_change: str = ""
    contract: str = ""
    contract_detail: str = ""
    trial: str = ""
    place: str = ""
    place_change: str = ""
    hours: str = ""
    breaks: str = ""
    holidays: str = ""
    overtime: str = ""
    salary_min: int | None = None
    salary_max: int | None = None
    pay: str = ""
    fixed_overtime: str = ""
    insurance: tuple[str, ...] = ()
    smoking: str = ""
    is_dispatch: bool = False
    requirements: str = ""
    employer_address: str = ""
    employer_contact: str = ""

    @classmethod
    def of(cls, stored: collections.abc.Mapping[str, typing.Any] | None) -> Terms:
        """Return the terms as they were kept; empty ones where none were."""
        if stored is None:
            return cls()
        return cls(**{**stored, "insurance": tuple(stored["insurance"])})

    def stored(self) -> dict[str, typing.Any]:
        """Return the terms as they are kept."""
        return dataclasses.asdict(self) | {"insurance": list(self.insurance)}


def missing(terms: Terms, *, is_outside: bool) -> list[str]:
    """Return the items that the law wants said before anybody is introduced and that are empty, in their order.

    An employer outside the network (`is_outside`) is known by nothing else, so its address and contact are wanted too.
    """
    wanted = _ALWAYS
    if terms.contract == "fixed":
        wanted |= _OF_FIXED
    if is_outside:
        wanted |= _OF_OUTSIDE
    return [item for item in LABELS if item in wanted and not getattr(terms, item)]


def faults(terms: Terms) -> dict[str, str]:
    """Return what is wrong with what was said, by item; empty when it may be kept."""
    found = {
        item: _("%(most)d 字以内で入力してください。") % {"most": LONGEST[item]}
        for item in LABELS
        if isinstance(words := getattr(terms, item), str) and len(words) > LONGEST[item]
    }
    if terms.contract not in {"", *CONTRACTS}:
        found["contract"] = _("一覧から選んでください。")
    if set(terms.insurance) - set(INSURANCE):
        found["insurance"] = _("一覧から選んでください。")
    return found | _salary_faults(terms)


def text_of(terms: Terms) -> list[tuple[str, str]]:
    """Return what was said in words, item by item with its label; the two ends of the salary are one line."""
    words = {item: value for item in LABELS if isinstance(value := getattr(terms, item), str)} | {
        "contract": str(CONTRACTS.get(terms.contract, "")),
        "salary_min": salary_words(terms),
        "insurance": _("、").join(str(label) for code, label in INSURANCE.items() if code in terms.insurance),
        "is_dispatch": _("派遣労働者として雇用します") if terms.is_dispatch else _("派遣ではありません"),
    }
    labels = {**LABELS, "salary_min": _SALARY}
    return [(str(label), words[item]) for item, label in labels.items() if words.get(item)]


def salary_words(terms: Terms) -> str:
    """Return the salary a year in words; an empty string when it has not been said."""
    if terms.salary_min is None:
        return ""
    least, most = f"{terms.salary_min:,}", f"{terms.salary_max or 0:,}"
    if terms.salary_max is None:
        return _("%(least)s 円から") % {"least": least}
    if terms.salary_max == terms.salary_min:
        return _("%(least)s 円") % {"least": least}
    return _("%(least)s 円から %(most)s 円") % {"least": least, "most": most}


def hash_of(title: str, employer_name: str, terms: Terms) -> str:
    """Return the fingerprint of what a person says yes to: another word in it gives another one."""
    said = {"title": title, "employer": employer_name, "terms": terms.stored()}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _salary_faults(terms: Terms) -> dict[str, str]:
    ends = {"salary_min": terms.salary_min, "salary_max": terms.salary_max}
    found = {
        item: _("1 円から %(most)s 円の間で入力してください。") % {"most": f"{HIGHEST_SALARY:,}"}
        for item, yen in ends.items()
        if yen is not None and not 1 <= yen <= HIGHEST_SALARY
    }
    if terms.salary_max is not None and terms.salary_min is None:
        found["salary_min"] = _("年収の上限を決めるときは、下限も入力してください。")
    elif not found and terms.salary_max is not None and terms.salary_max < typing.cast("int", terms.salary_min):
        found["salary_max"] = _("年収の上限は、下限以上にしてください。")
    return found
