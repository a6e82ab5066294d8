"""A mail server that does as it is told: refuses, is slow, falls silent or hangs up at any step."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import socketserver
import struct
import threading
import time
import typing

if typing.TYPE_CHECKING:
    import collections.abc

REPLIES = {
    "CONNECT": "220 sink",
    "EHLO": "250 sink",
    "HELO": "250 sink",
    "MAIL": "250 OK",
    "RCPT": "250 OK",
    "DATA": "354 go on",
    "CONTENT": "250 accepted",
    "RSET": "250 OK",
    "QUIT": "221 bye",
}
DROP = "drop"
FIRST_LINE = "FIRST LINE"


@dataclasses.dataclass
class Sink:
    """What each step answers (`DROP` hangs up), how long it waits first, and the mails it accepted, in order.

    `refused` receivers are unknown here; `calls` counts connections.
    """

    port: int = 0
    calls: int = 0
    refused: set[str] = dataclasses.field(default_factory=set)
    hangs_up_after_mail: bool = False
    answers: dict[str, str] = dataclasses.field(default_factory=dict)
    pauses: dict[str, float] = dataclasses.field(default_factory=dict)
    mails: list[tuple[str, bytes]] = dataclasses.field(default_factory=list)


@contextlib.contextmanager
def running() -> collections.abc.Iterator[Sink]:
    """Serve on a free port of loopback."""
    sink = Sink()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                _Dialogue(sink, self).hold()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as server:
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield sink
        server.shutdown()
        thread.join()


class _Dialogue:
    def __init__(self, sink: Sink, handler: socketserver.StreamRequestHandler) -> None:
        self.sink = sink
        self.reader = handler.rfile
        self.writer = handler.wfile
        self.connection = handler.connection
        self.recipient = ""

    def hold(self) -> None:
        self.sink.calls += 1
        self.answer("CONNECT")
        while line := self.reader.readline():
            verb = line[:4].decode().upper()
            if verb == "RCPT":
                self.recipient = line.decode().split("<")[1].split(">")[0]
            code = self.answer(verb)
            if verb == "QUIT":
                return
            if code == "354":
                self.take_content()
                if self.sink.hangs_up_after_mail:
                    return

    def take_content(self) -> None:
        lines = [self.reader.readline()]
        self.answer(FIRST_LINE, default="")
        while lines[-1] not in {b".\r\n", b""}:
            lines.append(self.reader.readline())
        content = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines[:-1])
        if self.sink.answers.get("CONTENT", "250").startswith("250"):
            self.sink.mails.append((self.recipient, content))
        self.answer("CONTENT")

    def answer(self, step: str, default: str | None = None) -> str:
        time.sleep(self.sink.pauses.get(step, 0))
        reply = self.sink.answers.get(step, REPLIES[step] if default is None else default)
        if step == "RCPT" and self.recipient in self.sink.refused:
            reply = "550 5.1.1 unknown"
        if reply == DROP:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            raise ConnectionAbortedError
        if reply:
            self.writer.write(f"{reply}\r\n".encode())
        return reply[:3]
