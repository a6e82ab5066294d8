"""The forms of an agency's postings: the sheet with the employer it is of, and what narrows the list."""

from __future__ import annotations

import typing
import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings import operations, rules
from career_relay.domain.ground.postings.forms import SheetForm
from career_relay.domain.ground.postings.rules.sheet import BUILDING

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.domain.ground.postings.models import JobPosting

OUTSIDE: typing.Final = "outside"


class AgencySheetForm(SheetForm):
    """A sheet that an agency keeps for an employer: one of the network it has an agreement with, or any other."""

    employer = forms.ChoiceField(
        label=gettext_lazy("採用する会社"),
        help_text=gettext_lazy(
            "連携協定が有効な会社を選べます。ほかの会社のときは「ネットワークの外の会社」を選びます。"
        ),
    )
    employer_name = forms.CharField(
        label=gettext_lazy("会社名（ネットワークの外のとき）"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("正式な名称で入力してください。例：株式会社みなと製作所"),
    )
    received_on = forms.DateField(
        label=gettext_lazy("求人を受け付けた日"),
        widget=DateInput,
        help_text=gettext_lazy("求人管理簿に載る日付です。"),
    )

    even_of_a_draft: typing.ClassVar[tuple[str, ...]] = ("title", "employer", "received_on")
    groups_of: typing.ClassVar[dict[typing.Any, tuple[str, ...]]] = {
        gettext_lazy("採用する会社"): (
            "employer",
            "employer_name",
            "employer_address",
            "employer_contact",
            "received_on",
        ),
        **{title: names for title, names in SheetForm.groups_of.items() if "employer_address" not in names},
    }

    def __init__(
        self,
        data: typing.Any = None,
        *,
        organization_id: uuid.UUID,
        today: dt.date,
        posting: JobPosting | None = None,
    ) -> None:
        super().__init__(data, posting=posting)
        partners = agreements.partners(organization_id, Organization.Kind.EMPLOYER)
        self.names = {str(one.organization_id): one.name for one in partners}
        choices = [("", _("選択してください")), *self.names.items(), (OUTSIDE, _("ネットワークの外の会社"))]
        if posting and posting.hiring_employer_id:  # a request or an introduction may rest on who hires
            self.names = {str(posting.hiring_employer_id): posting.hiring_employer_name}
            choices = [*self.names.items()]
        typing.cast("forms.ChoiceField", self.fields["employer"]).choices = choices
        received_on = posting.received_on if posting else None
        self.initial.update(_employer(posting), received_on=received_on or today)

    @property
    def is_outside(self) -> bool:
        return self.cleaned_data.get("employer") == OUTSIDE

    @property
    def more(self) -> dict[str, typing.Any]:
        """Whom the job is of, and since when the agency has it."""
        chosen = self.cleaned_data.get("employer", "")
        is_inside = chosen in self.names
        return {
            "received_on": self.cleaned_data.get("received_on"),
            "hiring_employer_id": uuid.UUID(chosen) if is_inside else None,
            "hiring_employer_name": self.names.get(chosen) or self.cleaned_data.get("employer_name", ""),
        }

    def clean(self) -> dict[str, typing.Any]:
        """Want the name of an employer whom the network does not know, and refuse work that no agency may place in."""
        cleaned = super().clean()
        if self.is_outside and not cleaned.get("employer_name"):
            self.say("employer_name", _("会社名が入力されていません。正式な名称で入力してください。"))
        sheet = self.sheet
        work = rules.barred_by(sheet.title, sheet.job_family, sheet.occupation)
        if work:
            field = "occupation" if sheet.occupation == BUILDING else "title"
            self.say(field, str(operations.UnableToPlaceBarredWork(work).message))
        return cleaned


class NarrowForm(forms.Form):
    """What narrows the list of postings, as the address says it; only the browser sends it, nothing is checked."""

    q = forms.CharField(
        label=gettext_lazy("検索"),
        required=False,
        widget=forms.TextInput({"placeholder": gettext_lazy("求人名、会社名")}),
    )


def _employer(posting: JobPosting | None) -> dict[str, str]:
    if posting is None:
        return {}
    if posting.hiring_employer_id:
        return {"employer": str(posting.hiring_employer_id)}
    return {"employer": OUTSIDE, "employer_name": posting.hiring_employer_name}
