"""The landing page under load, against a hello-world behind the same web server with the same settings, in turns.

The yardstick is Django's hello-world (bench/hello.py); what the server does without Django stands beside it. The load
is made by `wrk` on the same machine, and takes its share from all of them alike.
"""

from __future__ import annotations

import contextlib
import dataclasses
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import django

from bench import server
from career_relay.config import supervisor
from tools import devdb

if TYPE_CHECKING:
    from collections.abc import Iterator

YARDSTICK, LINK, LANDING = "hello-world", "link", "landing page"
LEAST_RATIO = 0.2
GOAL = 200
ROUNDS = 5
SECONDS = 2
CONNECTIONS = 16
READY_SECONDS = 30
HOW = "The load is made by wrk, which was not found. On Debian and Ubuntu: apt-get install wrk"


@dataclasses.dataclass(frozen=True)
class Page:
    """Something to ask for, and what was answered in a second, one figure a round."""

    name: str
    host: str
    path: str = "/"
    came_by: str = ""
    rates: list[float] = dataclasses.field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates[1:])

    def ratio(self, other: Page) -> float:
        """Return the ratio of the median round, so that a neighbour on the machine does not decide."""
        return statistics.median([mine / its for mine, its in zip(self.rates, other.rates, strict=True)][1:])

    def measure(self) -> None:
        """Put the load on for a round. Whatever is not the page itself is no figure."""
        headers = ["-H", f"Cookie: {cookie_of(self.host, self.came_by)}"] if self.came_by else []
        url = f"http://{self.host}{self.path}"
        load = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s", *headers, url]
        told = subprocess.run(load, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in told or "Socket errors" in told:
            raise SystemExit(f"{self.name} was not answered:\n{told}")
        self.rates.append(float(re.findall(r"Requests/sec: +([\d.]+)", told)[0]))


def main() -> int:
    if not find_wrk():
        print(HOW)
        return 2
    with contextlib.ExitStack() as running:
        running.enter_context(server.database("bench_web"))
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        bare = running.enter_context(serve("bench.hello:bare", folder))
        hello = running.enter_context(serve("bench.hello:application", folder))
        ours = running.enter_context(serve("career_relay.config.wsgi:application", folder))
        link = employers_link()
        pages = [
            Page("server alone", bare),
            Page(LINK, ours, link),
            Page(YARDSTICK, hello),
            Page(LANDING, ours, "/welcome/", came_by=link),
        ]
        for _ in range(ROUNDS + 1):
            for page in pages:
                page.measure()
    return report(pages)


def find_wrk() -> str | None:
    """Return where wrk is, after installing it where that needs no question."""
    if not shutil.which("wrk") and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "wrk"]):
            subprocess.run(command, check=False, capture_output=True)
    return shutil.which("wrk")


@contextlib.contextmanager
def serve(application: str, folder: Path) -> Iterator[str]:
    """Serve as `career-relay run` does, with what a production server has: collected files, and a log."""
    static = {"RELAY_STATIC_ROOT": str(folder / "static")}
    environment = {**os.environ, **static, "PYTHONPATH": str(devdb.ROOT), "RELAY_LOG_LEVEL": "INFO"}
    if not (folder / "static").exists():
        collect = [sys.executable, "-m", "career_relay", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(collect, check=True, env=environment)
    with supervisor.held_port(8900) as port, (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(supervisor.web(port, application).command, env=environment, stderr=log)
        try:
            wait_until(port)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def wait_until(port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not supervisor.answers(port, "/"):
        if time.monotonic() > deadline:
            raise SystemExit(f"Nothing answered on port {port} within {READY_SECONDS} s.")
        time.sleep(0.1)


def cookie_of(host: str, link: str) -> str:
    """Follow a link and return the cookie that the landing page is then asked for with."""
    connection = http.client.HTTPConnection(host)
    connection.request("GET", link)
    cookie = str(connection.getresponse().headers["Set-Cookie"])
    connection.close()
    return cookie.partition(";")[0]


def employers_link() -> str:
    """Return the path of an employer's live link."""
    django.setup()
    from career_relay.domain.hiring.links import queries
    from career_relay.domain.hiring.links.models import RelayLink
    from career_relay.kernel import clock
    from career_relay.kernel.tenancy.context import acting_as
    from tests import world
    from tests.flows import story

    link = story.open_link(world.make_tenant("employer", "株式会社みなと精機", "minato"), clock.now())
    with acting_as(organization=link.organization_id):
        return "/" + queries.url(RelayLink.objects.get(pk=link.link_id)).split("/", 3)[3]


def report(pages: list[Page]) -> int:
    """Print the medians without the first round, which warmed everything up; tell whether the limit holds."""
    yardstick = next(page for page in pages if page.name == YARDSTICK)
    ratios = {page.name: page.ratio(yardstick) for page in pages}
    is_held = ratios[LANDING] >= LEAST_RATIO
    remarks = {
        LINK: f"(goal {GOAL}/s)",
        LANDING: f"(goal {GOAL}/s; limit {LEAST_RATIO}) {'ok' if is_held else 'MISSED'}",
    }
    for page in pages:
        figures = f"{page.rate:7.0f}/s   ratio {ratios[page.name]:5.2f}"
        print(f"web, {page.name:<12} {figures} {remarks.get(page.name, '')}".rstrip())
    return int(not is_held)


if __name__ == "__main__":
    sys.exit(main())
