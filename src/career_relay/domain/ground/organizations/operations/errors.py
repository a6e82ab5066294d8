"""What can stand in the way of changing an organization or its members."""

from __future__ import annotations

from django.utils.translation import gettext as _

from career_relay.kernel.errors import DomainError


class UnableToActWithoutRight(DomainError):
    """The actor has no seat here, or a role without the right."""

    code = "RIGHT_MISSING"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _(
                "この操作はできません。あなたの権限に含まれていないためです。組織の管理者に権限の変更を相談してください。"
            )
        )


class UnableToFindMember(DomainError):
    """The member or invitation is not one of this organization, or no longer."""

    code = "MEMBER_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            _("対象が見つかりません。すでに外されたか、取り消されています。一覧を開き直して確かめてください。")
        )


class UnableToGiveRole(DomainError):
    """The role belongs to another kind of organization."""

    code = "ROLE_NOT_AVAILABLE"

    def __init__(self, role: str) -> None:
        super().__init__(
            _("この権限は設定できません。この種類の組織にはない権限です。一覧から選び直してください。"), role=role
        )


class UnableToLoseLastLeader(DomainError):
    """Nobody would be left who can manage the organization."""

    code = "LAST_LEADER"

    def __init__(self, role: str) -> None:
        super().__init__(
            _(
                "この方を外したり、権限を変えたりできません。組織を管理できる人（%(role)s）がいなくなるためです。"
                "先にほかのメンバーを%(role)sにしてください。"
            )
            % {"role": role},
        )


class UnableToInviteMember(DomainError):
    """The address already has a seat here."""

    code = "ALREADY_MEMBER"

    def __init__(self, email: str) -> None:
        super().__init__(
            _("%(email)s には招待を送れません。すでにメンバーです。権限はメンバーの一覧で変更できます。")
            % {"email": email},
        )


class UnableToInviteAgain(DomainError):
    """An invitation to the address is still open."""

    code = "ALREADY_INVITED"

    def __init__(self, email: str) -> None:
        super().__init__(
            _(
                "%(email)s には招待を送れません。返事を待っている招待があります。一覧から再送または取り消しをしてください。"
            )
            % {"email": email},
        )


class UnableToAcceptInvitation(DomainError):
    """The invitation was used, revoked, has expired, or never existed."""

    code = "INVITATION_NOT_OPEN"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            _(
                "この招待は使えません。期限が切れたか、使用済みか、取り消されています。招待した方に再送を依頼してください。"
            )
        )


class UnableToAcceptForOther(DomainError):
    """The invitation is for an address that the signed-in user has not confirmed as theirs."""

    code = "INVITATION_FOR_OTHER_ADDRESS"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _(
                "この招待には参加できません。招待されたアドレスと、ログイン中のアカウントのアドレスが違うためです。"
                "招待メールを受け取ったアドレスでログインしてください。"
            )
        )


class UnableToJoinTwice(DomainError):
    """The user already has a seat in the inviting organization."""

    code = "ALREADY_JOINED"

    def __init__(self) -> None:
        super().__init__(
            _("すでにこの組織のメンバーです。招待への参加は必要ありません。ホームから利用を始めてください。")
        )


class UnableToUseMailDomain(DomainError):
    """The domain cannot stand for the organization."""

    code = "MAIL_DOMAIN_NOT_USABLE"

    def __init__(self, domain: str) -> None:
        super().__init__(
            _(
                "「%(domain)s」は社内メールのドメインに設定できません。ドメインの形ではないか、だれでも使えるメールサービスのものです。"
                "会社のドメイン（例：example.co.jp）を入力するか、空欄にしてください。"
            )
            % {"domain": domain},
        )
