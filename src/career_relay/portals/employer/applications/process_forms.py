from __future__ import annotations

import typing

from django import forms
from django.utils.translation import gettext_lazy as _

from career_relay.design.forms import DateInput
from career_relay.domain.hiring.applications.filters import NOT_RECORDED, Filters
from career_relay.portals.employer.applications.forms import ANY

if typing.TYPE_CHECKING:
    from career_relay.portals.employer.applications.forms import Choices


class CohortForm(forms.Form):
    """Which applications the figures are of; its state is the address."""

    applied_from = forms.DateField(label=_("応募日（この日から）"), required=False, widget=DateInput)
    applied_to = forms.DateField(label=_("応募日（この日まで）"), required=False, widget=DateInput)
    posting = forms.ChoiceField(label=_("求人"), required=False)
    medium = forms.ChoiceField(label=_("応募経路"), required=False)

    def __init__(self, filters: Filters, *, postings: Choices, media: Choices) -> None:
        super().__init__(initial={name: getattr(filters, name) for name in self.base_fields})
        for name, choices in (("posting", postings), ("medium", media)):
            offered = [*ANY, *choices, (NOT_RECORDED, _("（記録なし）"))]
            typing.cast("forms.ChoiceField", self.fields[name]).choices = offered
