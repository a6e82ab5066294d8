"""What can stand in the way of an agreement."""

from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.agreements.models import LONGEST_REASON
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc


class UnableToFindAgreement(DomainError):
    """The organization is no party of such an agreement."""

    code = "AGREEMENT_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("連携協定が見つかりません。一覧を開き直して選んでください。"))


class UnableToFindDraft(DomainError):
    """The draft was proposed or discarded, or never was."""

    code = "AGREEMENT_DRAFT_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("下書きが見つかりません。提案したか、削除した下書きです。一覧で状態を確かめてください。"))


class UnableToAgreeWith(DomainError):
    """There is no such organization, or these two kinds make no agreements."""

    code = "AGREEMENT_PARTNER_NOT_POSSIBLE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この相手とは連携協定を結べません。相手の組織が見つからないか、協定を結べる種類の組織ではないためです。"
                "相手の番号を確かめて、入力し直してください。"
            )
        )


class UnableToProposeTerms(DomainError):
    """The terms are incomplete, out of range or not possible between these two; `data` names the fields."""

    code = "AGREEMENT_TERMS_INVALID"
    status = 422

    def __init__(self, faults: collections.abc.Mapping[str, str]) -> None:
        words = _("この内容では提案できません。次の点を直してください。%(faults)s")
        super().__init__(words % {"faults": " ".join(faults.values())}, **faults)


class UnableToProposeMeanwhile(DomainError):
    """The other side put something on the table after the proposer had looked."""

    code = "AGREEMENT_PROPOSED_MEANWHILE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "提案できませんでした。その間に、相手または同じ組織の方が、この相手との協定を進めたためです。"
                "一覧を開き直し、いまの内容を確かめてください。"
            )
        )


class UnableToSignOtherText(DomainError):
    """The text that was shown is not the text that would be signed."""

    code = "AGREEMENT_TEXT_CHANGED"

    def __init__(self) -> None:
        super().__init__(
            _(
                "まだ手続きは済んでいません。表示していた文面が、その間に変わったためです。いまの文面を表示しています。もう一度お読みください。"
            )
        )


class UnableToSignWithoutName(DomainError):
    """A signature is a named person's."""

    code = "AGREEMENT_NAME_MISSING"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("手続きできません。お名前が入力されていないか、長すぎるためです。姓と名を入力してください。")
        )


class UnableToActNow(DomainError):
    """The agreement's state does not allow the act, or not to this side."""

    code = "AGREEMENT_ACT_NOT_POSSIBLE"

    def __init__(self, *, act: str, state: str) -> None:
        words = _(
            "この操作はできません。協定の状態が「%(state)s」に変わったか、相手の返事を待っているためです。"
            "ページを開き直し、いまの状態を確かめてください。"
        )
        super().__init__(words % {"state": state}, act=act)


class UnableToActWithoutReason(DomainError):
    """The other side reads why."""

    code = "AGREEMENT_REASON_MISSING"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _(
                "手続きできません。理由が空か、%(longest)d 字を超えているためです。相手が読んで分かる理由を入力してください。"
            )
            % {"longest": LONGEST_REASON}
        )


class UnableToReviewThen(DomainError):
    """A review lies ahead, and not too far."""

    code = "AGREEMENT_REVIEW_DAY_INVALID"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("見直しの日を変えられません。明日から 3 年後までの日ではないためです。日付を選び直してください。")
        )
