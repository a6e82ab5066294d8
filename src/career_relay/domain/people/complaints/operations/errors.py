from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    from career_relay.domain.people.complaints.models import Complaint


class UnableToFindComplaint(DomainError):
    """No such complaint came to this operator."""

    code = "COMPLAINT_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("この苦情は見つかりません。一覧から選び直してください。"))


class UnableToAnswerComplaint(DomainError):
    """The complaint is over, or somebody else took it up already."""

    code = "COMPLAINT_NOT_OPEN"

    def __init__(self, complaint: Complaint) -> None:
        words = _(
            "進められません。この苦情の状態は「%(state)s」です。ページを開き直して、いまの内容を確かめてください。"
        )
        super().__init__(words % {"state": complaint.get_state_display()})
