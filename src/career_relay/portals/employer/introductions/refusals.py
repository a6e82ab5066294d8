"""Showing what the rules do not allow at the field it is about."""

from __future__ import annotations

import contextlib
import typing

from django.db import transaction

from career_relay.design.forms import Refusal
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc

    from django import forms


@contextlib.contextmanager
def at_its_field(form: forms.Form) -> collections.abc.Iterator[Refusal]:
    """Show a refusal at the field that it names, else above the form, and leave nothing of the try in the database."""
    refusal = Refusal()
    try:
        with transaction.atomic():
            yield refusal
    except DomainError as error:
        field = str(error.data.get("field", ""))
        refusal.status = error.status
        form.add_error(field if field in form.fields else None, str(error.message))
