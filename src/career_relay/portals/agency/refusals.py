"""Showing what the rules do not allow at the field it is about."""

from __future__ import annotations

import contextlib
import typing

from django.db import transaction

from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc

    from django import forms


@contextlib.contextmanager
def at_its_field(form: forms.Form, *, keeps_record: bool = False) -> collections.abc.Iterator[None]:
    """Show a refusal at the field that it names, else above the form, and leave nothing of the try in the database.

    A flow that `keeps_record` of what it refused undoes the rest itself.
    """
    try:
        with contextlib.nullcontext() if keeps_record else transaction.atomic():
            yield
    except DomainError as error:
        field = str(error.data.get("field", ""))
        form.add_error(field if field in form.fields else None, str(error.message))
