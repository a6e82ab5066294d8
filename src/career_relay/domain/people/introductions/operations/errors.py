from __future__ import annotations

import typing

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_PROPOSALS: typing.Final[dict[str, _StrPromise]] = {
    "assignment": gettext_lazy("この方は、いま担当している方ではありません。担当の一覧を開き直してください。"),
    "posting": gettext_lazy(
        "この求人は案内できません。募集が終わっているか、労働条件に空欄があります。求人票を確かめてください。"
    ),
    "again": gettext_lazy("この方には、同じ求人を案内しています。いまの案内が終わってから、もう一度案内してください。"),
    "block": gettext_lazy(
        "この方には案内できません。貴社の紹介で入社してから 2 年がたっていないためです。ご本人が貴社を選び直すと案内できます。"
    ),
    "slot": gettext_lazy(
        "この依頼は企業の枠を使うため、一度に案内できるのは 1 名です。いまの方の結果が決まってから案内してください。"
    ),
    "call": gettext_lazy(
        "この求人は案内できません。企業からの依頼が終わったか、求人票が依頼の内容と違うためです。依頼のページを確かめてください。"
    ),
    "agreement": gettext_lazy(
        "この求人は案内できません。この企業との連携協定が有効ではないためです。協定の状態を確かめてください。"
    ),
    "message": gettext_lazy("ご本人へのひとことは 300 文字以内で入力してください。"),
    "fit_note": gettext_lazy("推薦の理由を 500 文字以内で入力してください。企業の枠を使う紹介では、必ず要ります。"),
}
_TIMES: typing.Final[dict[str, _StrPromise]] = {
    "times": gettext_lazy("面接の日時は、これからの日時を 1 つから 5 つ、重ならないように入力してください。"),
    "place": gettext_lazy("場所または接続先は 200 文字以内で入力してください。"),
}
_OFFERS: typing.Final[dict[str, _StrPromise]] = {
    "salary": gettext_lazy("年収の見込みは、1 円から 10 億円の間で入力してください。"),
    "start_on": gettext_lazy("入社予定日は、今日以降の日付を入力してください。"),
    "note": gettext_lazy("条件の補足は 500 文字以内で入力してください。"),
}


class UnableToFindIntroduction(DomainError):
    """There is no such introduction, or it is somebody else's, or the person has not said yes."""

    code = "INTRODUCTION_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("この紹介が見つかりません。一覧を開き直して、もう一度選んでください。"))


class UnableToPropose(DomainError):
    """Something that a proposal must rest on is not there; `field` says what. A person's exclusions are no reason."""

    code = "INTRODUCTION_NOT_PROPOSABLE"

    def __init__(self, field: str) -> None:
        super().__init__(_PROPOSALS[field], field=field)
        self.field = field


class UnableToAnswerIntroduction(DomainError):
    """The proposal was answered, taken back, or its time is over."""

    code = "INTRODUCTION_NOT_WAITING"

    def __init__(self) -> None:
        super().__init__(_("この求人には、もう答えられません。期限を過ぎたか、案内が取り下げられたか、回答済みです。"))


class UnableToAnswerOtherTerms(DomainError):
    """The yes was given to other terms than those of the proposal."""

    code = "INTRODUCTION_TERMS_DIFFER"

    def __init__(self) -> None:
        super().__init__(
            _("表示した条件と、いまの条件が違います。ページを開き直して、条件を確かめてから答えてください。")
        )


class UnableToAnswerWithExclusion(DomainError):
    """The person keeps this employer away and did not say that it may see them. Told to the person alone."""

    code = "INTRODUCTION_TO_EXCLUDED"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この会社は、あなたの情報を渡さない会社に入っています。渡してよいときは、確認の欄にチェックを入れてから「はい」を押してください。"
            )
        )


class UnableToIntroduceNow(DomainError):
    """The request is over, or agency, agreement or consent let nothing flow at this moment. Told to the person alone."""

    code = "INTRODUCTION_NOT_POSSIBLE_NOW"

    def __init__(self) -> None:
        super().__init__(
            _(
                "いまは、この会社に紹介できません。募集が終わったか、紹介会社の許可か、会社との協定か、あなたの同意が有効ではないためです。担当の紹介会社に確かめてください。"
            )
        )


class UnableToIntroduceTwice(DomainError):
    """Another agency introduced the person to this employer a while ago. Told to the person alone."""

    code = "INTRODUCED_BY_ANOTHER"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この会社へは、別の紹介会社からすでに紹介しています。二重に紹介しないため、この求人は見送りにしました。進み具合は、先の紹介で確かめてください。"
            )
        )


class UnableToMoveIntroduction(DomainError):
    """It is not this side's turn, or the other side was faster."""

    code = "INTRODUCTION_NOT_MOVABLE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この操作はできません。進み具合が変わったか、終わっているためです。ページを開き直して、いまの状態を確かめてください。"
            )
        )


class UnableToGoOnWithoutAgency(DomainError):
    """The agency's licence or agreement is not in force, so nothing goes on towards a hire. Told to every side."""

    code = "INTRODUCTION_WITHOUT_AGENCY"

    def __init__(self) -> None:
        super().__init__(
            _(
                "いまは、内定に進めません。紹介会社の許可か協定が、有効ではないためです。有効になると続けられます。紹介会社に確かめてください。"
            )
        )


class UnableToEndWithoutReason(DomainError):
    """The reason is none of those that the side may give."""

    code = "INTRODUCTION_REASON_MISSING"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("理由を選んでください。補足は 300 文字以内で入力できます。"))


class UnableToProposeTimes(DomainError):
    """The times or the place can't be used; `field` says which."""

    code = "INTERVIEW_NOT_USABLE"
    status = 400

    def __init__(self, field: str) -> None:
        super().__init__(_TIMES[field], field=field)
        self.field = field


class UnableToChooseTime(DomainError):
    """The time is none of those proposed, is past, or new times were proposed meanwhile."""

    code = "INTERVIEW_TIME_NOT_PROPOSED"

    def __init__(self) -> None:
        super().__init__(
            _("この日時は選べません。候補が変わったか、過ぎています。ページを開き直して、候補から選んでください。")
        )


class UnableToOffer(DomainError):
    """The offer's figures can't be used; `field` says which."""

    code = "OFFER_NOT_USABLE"
    status = 400

    def __init__(self, field: str) -> None:
        super().__init__(_OFFERS[field], field=field)
        self.field = field
