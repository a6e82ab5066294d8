from __future__ import annotations

import typing
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations import queries as organizations

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.postings.queries import PostingLine

NOBODY: typing.Final = ("", _("決めない"))


class ManagerForm(forms.Form):
    """Which member looks after a posting, or nobody."""

    manager = forms.ChoiceField(
        label=_("現場責任者"),
        required=False,
        help_text=_("権限が「現場責任者」のメンバーは、自分の求人の応募だけを見られます。"),
    )

    def __init__(self, data: typing.Any, *, organization_id: uuid.UUID, line: PostingLine) -> None:
        super().__init__(data, initial={"manager": str(line.manager_id or "")})
        members = organizations.members(organization_id)
        choices = [(str(one.pk), f"{one.user.name}（{one.get_role_display()}）") for one in members]
        typing.cast("forms.ChoiceField", self.fields["manager"]).choices = [NOBODY, *choices]

    @property
    def member_id(self) -> uuid.UUID | None:
        """The member chosen."""
        chosen = self.cleaned_data["manager"]
        return uuid.UUID(chosen) if chosen else None
