"""What can stand in the way of changing an agency."""

from __future__ import annotations

from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies.models import LONGEST_REASON
from career_relay.kernel.errors import DomainError


class UnableToFindAgency(DomainError):
    """The organization is no agency of the network."""

    code = "AGENCY_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("紹介会社が見つかりません。一覧を開き直して、もう一度選んでください。"))


class UnableToSaveDesk(DomainError):
    """Something about how the agency is reached or whom it takes can't be used."""

    code = "DESK_NOT_USABLE"
    status = 422

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words, field=field)


class UnableToSaveOffice(DomainError):
    """Something about the office can't be used."""

    code = "OFFICE_NOT_USABLE"
    status = 422

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words, field=field)


class UnableToFindOffice(DomainError):
    """The agency has no such office, or no longer."""

    code = "OFFICE_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("事業所が見つかりません。すでに外されています。事業所の一覧を開き直してください。"))


class UnableToRemoveLastOffice(DomainError):
    """An agency without any office has no responsible person, and may not go on."""

    code = "LAST_OFFICE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この事業所は外せません。事業所と職業紹介責任者が 1 つもなくなるためです。"
                "先にほかの事業所を追加するか、この事業所の内容を変更してください。"
            )
        )


class UnableToSubmitLicence(DomainError):
    """Something about the licence or its evidence can't be right."""

    code = "LICENCE_NOT_USABLE"
    status = 422

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words, field=field)


class UnableToSubmitTwice(DomainError):
    """Another licence of the agency still waits for the operator."""

    code = "LICENCE_WAITING"

    def __init__(self) -> None:
        super().__init__(
            _("許可を提出できません。すでに確認を待っている許可があります。運営の確認が終わるまでお待ちください。")
        )


class UnableToDecideLicence(DomainError):
    """The licence is not one of this agency's, or was decided already."""

    code = "LICENCE_NOT_WAITING"

    def __init__(self) -> None:
        super().__init__(
            _("この許可は確認できません。すでに確認が終わっています。紹介会社のページを開き直してください。")
        )


class UnableToActWithoutReason(DomainError):
    """The agency reads the reason, so it is neither empty nor longer than what is kept."""

    code = "REASON_MISSING"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _(
                "理由が空か、%(longest)d 字を超えています。紹介会社が読んで、何をすればよいか分かる理由を入力してください。"
            )
            % {"longest": LONGEST_REASON}
        )


class UnableToStopAgain(DomainError):
    """The agency is stopped already."""

    code = "AGENCY_STOPPED"

    def __init__(self) -> None:
        super().__init__(_("すでに停止しています。理由と日時は、この紹介会社のページで確認できます。"))


class UnableToResume(DomainError):
    """Nothing is stopped."""

    code = "AGENCY_NOT_STOPPED"

    def __init__(self) -> None:
        super().__init__(_("停止していないため、再開できません。紹介会社のページを開き直してください。"))


class UnableToPublishFees(DomainError):
    """The table would break a rule of law or of arithmetic."""

    code = "FEES_NOT_USABLE"
    status = 422

    def __init__(self, words: str) -> None:
        super().__init__(words)
