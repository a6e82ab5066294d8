"""How forms are drawn: our field and error summary for every `{{ form }}`."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING

from django import forms
from django.db import transaction
from django.forms.renderers import TemplatesSetting

from career_relay.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclasses.dataclass(slots=True)
class Refusal:
    """The status that the page with a form answers with: that of what was refused."""

    status: int = 200


@contextlib.contextmanager
def refusal_on(form: forms.Form, field: str | None = None) -> Iterator[Refusal]:
    """Show on the form, or at its field, what the rules do not allow, and leave nothing of the try in the database."""
    refusal = Refusal()
    try:
        with transaction.atomic():
            yield refusal
    except DomainError as error:
        refusal.status = error.status
        form.add_error(field, str(error.message))


class Renderer(TemplatesSetting):
    """Draws forms by the project's own templates; needs `django.forms` among the installed apps."""

    form_template_name = "design/forms/form.html"
    formset_template_name = "design/forms/formset.html"
    field_template_name = "design/forms/field.html"


class DateInput(forms.DateInput):
    """A day, chosen with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class CodeInput(forms.TextInput):
    """Six digits from a mail: large, numeric keyboard, filled in by the phone if it can."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        usual: dict[str, object] = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "maxlength": 8,
        }
        super().__init__(usual | (attrs or {}))
