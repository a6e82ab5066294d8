"""`career-relay run`: web server, worker and, in the demo, a mail receiver as one program.

A child that dies is started again, once the database answers; all stop together. Each child leads a process group of
its own, so that a Ctrl-C in the terminal reaches this program alone and it can stop them in order.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import typing

if typing.TYPE_CHECKING:
    import collections.abc
    import pathlib
    import types

    Question = collections.abc.Callable[[], bool]

LOOPBACK = "127.0.0.1"
PORTS = 100
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK_SECONDS = 0.1
STEADY_SECONDS = 10.0
READY_SECONDS = 60.0
ASK_DATABASE_SECONDS = 1.0
TRIES = 5
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


@dataclasses.dataclass(frozen=True)
class Child:
    """A program to keep running."""

    name: str
    command: tuple[str, ...]


def main(
    *,
    port: int = 8000,
    database_answers: Question,
    mail_folder: pathlib.Path | None = None,
    welcome: collections.abc.Iterable[str] = (),
    say: collections.abc.Callable[[str], None] = print,
) -> int:
    """Serve until told to stop, and return the exit code. With a `mail_folder`, receive mail into it (the demo)."""
    with held_port(port) as web_port:
        if web_port != port:
            say(f"Port {port} is taken: using {web_port}.")
        address = f"http://localhost:{web_port}"
        environment = {**os.environ, "RELAY_SITE_URL": os.environ.get("RELAY_SITE_URL", address)}
        children = [web(web_port), Child("worker", (sys.executable, "-m", "career_relay", "worker"))]
        if mail_folder and "EMAIL_URL" not in os.environ:
            mail_port = any_port()
            environment["EMAIL_URL"] = f"smtp://{LOOPBACK}:{mail_port}"
            children.insert(0, _mail(mail_port, mail_folder))
        supervisor = Supervisor(children, environment=environment, database_answers=database_answers, say=say)
        lines = ["", f"Career Relay is ready: {address}/", *welcome, "Stop with Ctrl-C.", ""]
        return supervisor.run(is_ready=lambda: answers(web_port, "/readyz"), when_ready=lambda: say("\n".join(lines)))


def web(port: int, application: str = "career_relay.config.wsgi:application") -> Child:
    """Return the web server: two processes of four threads each, which the benches serve their yardstick with as well."""
    options = ("--interface", "wsgi", "--host", LOOPBACK, "--port", str(port), "--log-level", "warning")
    size = ("--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers")
    return Child("web", (sys.executable, "-m", "granian", *options, *size, application))


def _mail(port: int, folder: pathlib.Path) -> Child:
    handler = ("-n", "-c", "aiosmtpd.handlers.Mailbox", "-l", f"{LOOPBACK}:{port}", str(folder))
    return Child("mail receiver", (sys.executable, "-m", "aiosmtpd", *handler))


@contextlib.contextmanager
def held_port(preferred: int) -> collections.abc.Iterator[int]:
    """Hold the first port from `preferred` on that nobody has, also against a program that starts at the same moment.

    The web server's processes share their port (SO_REUSEPORT), so two programs could share one by mistake, and each
    would get half of the other's visitors. The UDP port of the same number is what nobody shares.
    """
    with socket.socket(type=socket.SOCK_DGRAM) as token:
        for port in range(preferred, preferred + PORTS):
            if _is_silent(port) and _binds(token, port):
                break
        else:
            raise OSError(
                f"No free port from {preferred} to {preferred + PORTS - 1}: stop something or choose another."
            )
        yield port


def _is_silent(port: int) -> bool:
    """Tell whether nobody listens on the port; what is left of connections that were closed does not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return _binds(probe, port)


def _binds(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind((LOOPBACK, port))
    except OSError:
        return False
    return True


def any_port() -> int:
    """Return a port that the system gives out: nobody types this one, and two programs that start at once differ."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def answers(port: int, path: str) -> bool:
    """Tell whether the page is served with status 200; never by way of a proxy."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Supervisor:
    """Keeps children running until a stop signal, or until one of them cannot be kept running."""

    def __init__(
        self,
        children: collections.abc.Iterable[Child],
        *,
        environment: collections.abc.Mapping[str, str] | None = None,
        database_answers: Question = lambda: True,
        grace: float = 10.0,
        say: collections.abc.Callable[[str], None] = print,
    ) -> None:
        self._keepers = [_Keeper(child, environment) for child in children]
        self._database_answers = database_answers
        self._ask_database_at = 0.0
        self._waits_for_database = False
        self._grace = grace
        self._say = say
        self._stop_requests = 0
        self._exit_code = 0

    def run(
        self,
        *,
        is_ready: Question = lambda: True,
        when_ready: collections.abc.Callable[[], None] = lambda: None,
    ) -> int:
        """Run until stopped; 0 after a stop signal, 1 if a child kept dying."""
        before = {number: signal.signal(number, self._request_stop) for number in STOP_SIGNALS}
        awaited: _Awaited | None = _Awaited(is_ready, when_ready, time.monotonic() + READY_SECONDS, self._say)
        try:
            while not self._stop_requests:
                self._keep_all()
                if awaited and awaited.is_over():
                    awaited = None
                time.sleep(TICK_SECONDS)
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return self._exit_code

    def _request_stop(self, _number: int, _frame: types.FrameType | None) -> None:
        self._stop_requests += 1

    def _keep_all(self) -> None:
        now = time.monotonic()
        if self._waits_for_database and not self._is_database_back(now):
            return
        for keeper in self._keepers:
            if keeper.has_died and not self._database_answers():
                self._say(f"{keeper.child.name} ended, and the database does not answer: waiting for it.")
                self._waits_for_database = True
                return
            event = keeper.keep(now)
            if event:
                self._say(event)
            if keeper.has_given_up:
                self._exit_code = 1
                self._stop_requests += 1

    def _is_database_back(self, now: float) -> bool:
        """Ask again from time to time; when it is back, what died without it is forgiven and may start at once."""
        if now < self._ask_database_at:
            return False
        self._ask_database_at = now + ASK_DATABASE_SECONDS
        if not self._database_answers():
            return False
        self._say("The database answers again.")
        self._waits_for_database = False
        for keeper in self._keepers:
            keeper.forgive()
        return True

    def _stop_all(self) -> None:
        """Ask all, wait, then end what is left; a second stop signal ends the waiting."""
        for keeper in self._keepers:
            keeper.ask_to_stop()
        asked = self._stop_requests
        deadline = time.monotonic() + self._grace
        while any(keeper.is_running for keeper in self._keepers):
            if time.monotonic() > deadline or self._stop_requests > asked:
                break
            time.sleep(TICK_SECONDS)
        for keeper in self._keepers:
            if keeper.is_running:
                self._say(f"{keeper.child.name} did not stop in time and is ended.")
            keeper.end()


@dataclasses.dataclass
class _Awaited:
    """What is said once when everything answers, or once when that takes too long."""

    is_ready: Question
    when_ready: collections.abc.Callable[[], None]
    deadline: float
    say: collections.abc.Callable[[str], None]

    def is_over(self) -> bool:
        if self.is_ready():
            self.when_ready()
            return True
        if time.monotonic() > self.deadline:
            self.say(f"Not ready after {READY_SECONDS:.0f} s; still trying. /readyz and the lines above say why.")
            self.deadline = float("inf")
        return False


class _Keeper:
    """One child: its process, and when it may be started again."""

    def __init__(self, child: Child, environment: collections.abc.Mapping[str, str] | None) -> None:
        self.child = child
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_at = 0.0
        self._quick_deaths = 0

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def has_died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    @property
    def has_given_up(self) -> bool:
        return self._quick_deaths >= TRIES

    def keep(self, now: float) -> str:
        """Start the child if it is due, and return what there is to say."""
        if self.has_died:
            return self._note_death(now)
        if self._process is None and not self.has_given_up and now >= self._start_at:
            self._start(now)
        return ""

    def forgive(self) -> None:
        """Forget earlier deaths, and the one that was not looked at yet."""
        if self.has_died:
            self.end()
        self._start_at = 0.0
        self._quick_deaths = 0

    def _start(self, now: float) -> None:
        self._started_at = now
        self._process = subprocess.Popen(  # noqa: S603 (our own commands)
            self.child.command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (this program has one thread)
        )

    def _note_death(self, now: float) -> str:
        code = self._process.returncode if self._process else None
        self.end()
        self._quick_deaths = self._quick_deaths + 1 if now - self._started_at < STEADY_SECONDS else 1
        if self.has_given_up:
            return f"{self.child.name} ended {TRIES} times in a row (last exit code {code}): giving up."
        pause = 0.25 * 2 ** (self._quick_deaths - 1)
        self._start_at = now + pause
        return f"{self.child.name} ended (exit code {code}): starting it again in {pause:g} s."

    def ask_to_stop(self) -> None:
        if self._process is not None and self.is_running:
            self._process.terminate()

    def end(self) -> None:
        """End the whole group, which may outlive its leader, and leave no zombie."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


def _die_with_parent() -> None:
    """Have the child, where this runs, told to stop on Linux even when this program is killed by -9."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
