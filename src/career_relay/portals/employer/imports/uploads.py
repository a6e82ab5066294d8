"""Taking in one large file without keeping more of it than allowed, and never on disk: the file names people."""

from __future__ import annotations

import io
import typing

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.db import connection

from career_relay.domain.hiring.intake import operations

if typing.TYPE_CHECKING:
    from django.http import HttpRequest

LARGEST: typing.Final = operations.MOST_BYTES
AROUND_THE_FILE: typing.Final = 64 * 1024  # the form's other fields and the lines between the parts
READ_AWAY: typing.Final = 4 * LARGEST
AT_ONCE: typing.Final = 1024 * 1024


def is_too_large(request: HttpRequest) -> bool:
    """Tell by what the browser announced whether the file can't be within the limit; nothing is read for that."""
    return _announced(request) > LARGEST + AROUND_THE_FILE


def read_away(request: HttpRequest) -> None:
    """Let a refused file pass by, keeping nothing: a browser reads our answer only when it is done with sending.

    What is larger than a slip of the hand is not waited for; the connection breaks off.
    """
    if _announced(request) <= READ_AWAY:
        while request.read(AT_ONCE):
            pass


def was_stopped(request: HttpRequest) -> bool:
    """Tell whether the file turned out too large while it was read."""
    return any(isinstance(handler, InMemory) and handler.was_stopped for handler in request.upload_handlers)


class InMemory(FileUploadHandler):
    """Keep a file in memory as it comes, and stop at the limit; `was_stopped` then says why there is none."""

    was_stopped = False

    def new_file(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece. The database is spoken to now and then: it ends a transaction in which nothing is asked for long.

        Raises StopUpload when it would be one too many.
        """
        if start + len(raw_data) > LARGEST:
            self.was_stopped = True
            raise StopUpload
        self.file.write(raw_data)
        if start // AT_ONCE != (start + len(raw_data)) // AT_ONCE:
            connection.is_usable()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


def _announced(request: HttpRequest) -> int:
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdecimal() else 0
