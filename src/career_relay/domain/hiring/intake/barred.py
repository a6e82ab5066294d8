"""What a selection must not collect, and what it has no use for: recognised by name so that it is never stored.

Barred are the matters that the 指針 to the 職業安定法 and the fourteen items of 公正採用選考 name (origin, belief, family,
home, health, looks), with 要配慮個人情報. Dropped are sex, age and nationality: nothing here may depend on them.
"""

from __future__ import annotations

import re
import typing
import unicodedata

from career_relay.domain.hiring.intake import headers

_BARRED_PARTS: typing.Final = (
    "本籍|出生地|生まれた場所|門地|人種|民族|社会的身分|部落|家柄|宗教|信仰|信条|思想|支持政党|政党|政治活動|労働組合|労組|組合加入|組合員|学生運動|社会運動"
    "|配偶者|既婚|未婚|婚姻|結婚|離婚|扶養|家族|続柄|兄弟|姉妹|子供の有無|子どもの有無|お子様|子の人数|同居人|世帯|親の職業|父の|母の|両親"
    "|顔写真|証明写真|本人写真|写真データ|写真url|写真ファイル|容姿|身長|体重|スリーサイズ|血液型|視力|聴力|色覚"
    "|持病|既往歴|病歴|通院|服薬|健康状態|健康診断|障害者手帳|障害の有無|障がい|障害等級|妊娠|犯罪歴|前科|犯歴|賞罰"
    "|住宅状況|住居形態|持ち家|生活環境|家賃|借家|資産状況|借入|人生観|生活信条|尊敬する人|愛読書|購読新聞|購読紙|購読雑誌|戸籍|家系"
)
_BARRED_WHOLE: typing.Final = (
    "写真|photo|photourl|picture|profilephoto|profilepicture|headshot|avatar|religion|race|ethnicity|raceethnicity|hispanic|maritalstatus|marital|married|spouse|dependents|dependants|children"
    "|numberofchildren|family|familymembers|birthplace|placeofbirth|registereddomicile|domicileoforigin|political|politicalparty|politicalaffiliation|politicalviews|unionmembership|tradeunion|union|creed|caste"
    "|height|weight|bloodtype|disability|disabilitystatus|healthstatus|medicalhistory|pregnancy|criminalrecord|veteranstatus|sexualorientation|genderidentity|motherjob|fatherjob"
)
_DROPPED_PARTS: typing.Final = "性別|生年月日|誕生日|年齢|年令|国籍|在留資格|在留期限|西暦生年|和暦生年|生まれ年"
_DROPPED_WHOLE: typing.Final = "性|男女|齢|生年|生年月|満年齢|sex|gender|age|birthday|birthdate|dateofbirth|dob|birth|birthyear|yearofbirth|bday|nationality|citizenship|visastatus|residencestatus|pronouns"
_BARRED_IN_TEXT: typing.Final = re.compile(
    "本籍|出生地|門地|被差別部落|宗教|信仰|信者|支持政党|労働組合|労組|配偶者|既婚|未婚|離婚|扶養家族|扶養義務|家族構成|家族の職業"
    "|両親の職業|父親の職業|母親の職業|顔写真|容姿|身長|体重|血液型|持病|既往歴|病歴|妊娠|障害者手帳|犯罪歴|前科|尊敬する人物|愛読書|購読新聞"
)
_PARTS: typing.Final = re.compile(_BARRED_PARTS)
_UNUSED_PARTS: typing.Final = re.compile(_DROPPED_PARTS)
_WHOLE: typing.Final = frozenset(_BARRED_WHOLE.split("|"))
_UNUSED_WHOLE: typing.Final = frozenset(_DROPPED_WHOLE.split("|"))
_ALLOWED: typing.Final = re.compile("家族手当|扶養手当|扶養内|結婚式|結婚相談|家族経営|思想家")


def is_barred_header(header: str) -> bool:
    """Tell whether a column holds what must not be collected, under whatever group its name stands (候補者一般.配偶者)."""
    names = _names(header)
    return any(name in _WHOLE or _PARTS.search(_ALLOWED.sub("", name)) for name in names)


def is_dropped_header(header: str) -> bool:
    """Tell whether a column holds what is allowed and yet used for nothing here: sex, age, birthday, nationality."""
    return any(name in _UNUSED_WHOLE or _UNUSED_PARTS.search(name) for name in _names(header))


def found(text: str) -> str:
    """Return the barred word that free text holds, or an empty string."""
    match = _BARRED_IN_TEXT.search(text)
    return match[0] if match is not None else ""


def _names(header: str) -> tuple[str, ...]:
    """Return the compared form of the whole header and of its last part."""
    last = re.split(r"[./:>]", unicodedata.normalize("NFKC", header[: headers.LONGEST]))[-1]
    return headers.key(header), headers.key(last)
