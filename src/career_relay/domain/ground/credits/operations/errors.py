"""What can stand in the way of an entry."""

from __future__ import annotations

from django.utils.translation import gettext as _

from career_relay.domain.ground.credits.models import LONGEST_REASON
from career_relay.kernel.errors import DomainError


class UnableToReverseWithoutReason(DomainError):
    """A reversal is kept with its reason, and the employer reads it."""

    code = "REVERSAL_REASON_MISSING"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _(
                "取り消せません。理由が空か、%(longest)d 字を超えているためです。企業が読んで分かる理由を入力してください。"
            )
            % {"longest": LONGEST_REASON}
        )


class UnableToReverseAlone(DomainError):
    """It takes two different members of staff."""

    code = "REVERSAL_SECOND_PERSON_MISSING"

    def __init__(self) -> None:
        super().__init__(
            _("取り消せません。紹介の取り消しには、2 人の確認が必要なためです。別の担当者に確認を依頼してください。")
        )


class UnableToReverseEntry(DomainError):
    """The holder has no such count."""

    code = "ENTRY_NOT_REVERSIBLE"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            _(
                "取り消せる記入が見つかりません。取り消せるのは紹介を数えた記入だけです。台帳を開き直して選んでください。"
            )
        )


class UnableToReverseTwice(DomainError):
    """The count was taken back before."""

    code = "ENTRY_ALREADY_REVERSED"

    def __init__(self, *, number: int) -> None:
        super().__init__(
            _("No. %(number)d の記入は、すでに取り消されています。もう一度取り消す必要はありません。")
            % {"number": number},
            number=number,
        )


class UnableToReserveSlot(DomainError):
    """No slot is usable now."""

    code = "SLOT_NOT_AVAILABLE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "無料紹介枠を予約できません。いま使える枠がないためです。"
                "枠の状況で使える日を確認するか、枠を使わずに依頼してください。"
            )
        )


class UnableToFindSlot(DomainError):
    """The employer has no such slot."""

    code = "SLOT_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("無料紹介枠が見つかりません。枠の状況を開き直して、もう一度選んでください。"))


class UnableToMoveSlot(DomainError):
    """The slot is not where this would take it from."""

    code = "SLOT_IN_ANOTHER_STATE"

    def __init__(self, *, ordinal: int, state: str) -> None:
        super().__init__(
            _(
                "第 %(ordinal)d 枠を進められません。いまの状態は「%(state)s」です。枠の状況を開き直して確認してください。"
            )
            % {"ordinal": ordinal, "state": state},
            ordinal=ordinal,
        )
