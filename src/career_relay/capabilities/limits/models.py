from __future__ import annotations

from django.db import models


class Window(models.Model):
    """How often something was tried since its first try. `key` is a keyed hash: no address or network is kept."""

    key = models.BinaryField(max_length=32, unique=True)
    ends_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["ends_at"], name="limits_ends")]
