"""Each rule finds its planted fault and leaves the innocent neighbour alone."""

from __future__ import annotations

import re
import typing
from pathlib import Path

import pytest

from tools import structure

VIEWS = "portals/employer/views.py"
OPERATIONS = "domain/hiring/links/operations.py"

Check = typing.Callable[..., list[str]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Return a function that writes files into a package and gives what the rules say of it, as `line: message`."""

    def _check(**files: str) -> list[str]:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return [f"{finding.line}: {finding.message}" for finding in structure.check(tmp_path)]

    return _check


WRITES = [
    "link.save()",
    "link.delete()",
    "form.save()",
    "Link.objects.create(label=label)",
    "Link.objects.get_or_create(label=label)",
    "Link.objects.bulk_create(links)",
    "Link.objects.filter(pk=pk).update(label=label)",
    "await link.asave()",
    "await links.aupdate(label=label)",
]
NO_WRITES = [
    "operations.create(actor=actor, now=now)",
    "operations.update(label=label)",
    "context.update({'label': label})",
    "digest.update(label)",
    "response.delete_cookie('relay')",
]
IMPORTS = "from career_relay.domain.hiring.links import operations\nfrom career_relay.domain.hiring.links.models import Link\n"


@pytest.mark.parametrize("statement", WRITES)
@pytest.mark.parametrize("place", [VIEWS, "api/links.py", "tasks/mail.py"])
def test_orm_writes_are_found_at_the_edge(check: Check, statement: str, place: str) -> None:
    findings = check(**{place: f"{IMPORTS}async def page(link, links, form, pk, label):\n    {statement}\n"})

    assert [re.sub(r"\.\w+\(\)", ".…()", finding) for finding in findings] == [
        f"4: ORM write .…() in {place.split('/', maxsplit=1)[0]}: rules would hide at the edge; call an operation or a flow instead"
    ]


@pytest.mark.parametrize("statement", NO_WRITES)
def test_calls_that_only_look_like_writes_are_allowed(check: Check, statement: str) -> None:
    assert (
        check(**{VIEWS: f"{IMPORTS}def page(context, digest, response, label, actor, now):\n    {statement}\n"}) == []
    )


@pytest.mark.parametrize("statement", WRITES)
def test_operations_may_write(check: Check, statement: str) -> None:
    assert check(**{OPERATIONS: f"async def change(link, links, form, pk, label):\n    {statement}\n"}) == []


@pytest.mark.parametrize(
    "text",
    [
        "import datetime as dt\nx = dt.datetime.now(tz=dt.UTC)",
        "from datetime import datetime\nx = datetime.utcnow()",
        "from datetime import date as day\nx = day.today()",
        "import time\nx = time.time()",
        "from django.utils import timezone\nx = timezone.now",
        "from django.utils import timezone\nx = timezone.localdate()",
        "from django.db import models\nx = models.DateTimeField(auto_now_add=True)",
    ],
)
def test_clock_reads_are_found_outside_the_clock(check: Check, text: str) -> None:
    findings = check(**{OPERATIONS: text, "kernel/clock.py": text})

    assert len(findings) == 1
    assert findings[0].startswith("2: clock read ")
    assert "take `now` as an argument" in findings[0]


@pytest.mark.parametrize(
    "text",
    [
        "import time\nx = time.monotonic()",
        "from django.utils import timezone\nx = timezone.localtime(moment)",
        "from career_relay.kernel import clock\nx = clock.now()",
        "from django.db.models.functions import Now\nx = DateTimeField(db_default=Now())",
    ],
)
def test_times_passed_on_are_no_clock_reads(check: Check, text: str) -> None:
    assert check(**{OPERATIONS: text}) == []


@pytest.mark.parametrize(
    "statement",
    [
        "connection.cursor()",
        "cursor.execute('SELECT 1')",
        "Link.objects.raw('SELECT 1')",
        "RawSQL('1', [])",
        "x.extra(a=1)",
    ],
)
def test_raw_sql_is_found_outside_its_places(check: Check, statement: str) -> None:
    text = f"from django.db import connection\nfrom django.db.models.expressions import RawSQL\ny = {statement}\n"
    places = ("domain/hiring/links/sql.py", "domain/hiring/links/migrations/0001_initial.py", "kernel/tenancy/gate.py")

    findings = check(**{OPERATIONS: text}, **dict.fromkeys(places, text))

    assert [finding.split(" ", 3)[:3] for finding in findings] == [["3:", "raw", "SQL"]]


def test_an_operation_called_execute_is_no_raw_sql(check: Check) -> None:
    text = "from career_relay.domain.hiring.links import operations\noperations.execute(now=1)\n"

    assert check(**{"flows/notify.py": text}) == []


QUEUE = "from career_relay.capabilities import queue\n"
TASKS = '@app.task(name="messages.send")\ndef send(message_id):\n    pass\n'


def test_deferred_name_without_a_task_is_found(check: Check) -> None:
    files = {OPERATIONS: f'{QUEUE}queue.defer("messages.sent", message_id=1)\n', "tasks/messages.py": TASKS}

    assert check(**files) == [
        (
            '2: queue.defer("messages.sent"): no task has this name, so the job would fail later; '
            'declare it in career_relay/tasks with @app.task(name="messages.sent")'
        )
    ]


def test_deferred_name_of_a_task_is_allowed(check: Check) -> None:
    files = {OPERATIONS: f'{QUEUE}queue.defer("messages.send", message_id=1)\n', "tasks/messages.py": TASKS}

    assert check(**files) == []


def test_computed_task_name_is_found(check: Check) -> None:
    findings = check(**{OPERATIONS: f"{QUEUE}queue.defer(name, message_id=1)\n"})

    assert findings == ["2: queue.defer of a computed name: nobody can check it; write the task's name out"]


def test_long_view_is_found(check: Check) -> None:
    def view(lines: int) -> str:
        return "def page(request):\n" + "    x = 1\n" * (lines - 1)

    assert check(**{VIEWS: view(25), "portals/employer/forms.py": view(26)}) == []
    assert check(**{VIEWS: view(26)}) == [
        (
            "1: view page has 26 lines, more than 25: a view parses, calls once and renders; "
            "move the rest to a flow, a query or a form"
        )
    ]


@pytest.mark.parametrize("place", ["flows/utils.py", "portals/employer/helpers/dates.py", "capabilities/services.py"])
def test_names_that_say_nothing_are_found(check: Check, place: str) -> None:
    (finding,) = check(**{place: ""})

    assert finding.endswith("says nothing about what is inside: name it after its subject")


def test_meta_ordering_is_found(check: Check) -> None:
    text = "class Link(Model):\n    class Meta:\n        ordering = ['label']\n"

    assert check(**{"domain/hiring/links/models.py": text}) == [
        "3: Meta.ordering sorts where nobody asked: write order_by in the query"
    ]


def test_operation_with_positional_arguments_is_found(check: Check) -> None:
    text = "def revoke(link, *, actor, now):\n    pass\n\ndef _revoked(link):\n    pass\n"

    findings = check(**{OPERATIONS: text, "domain/hiring/links/queries.py": text})

    assert findings == ["1: revoke takes positional arguments: a call must say what is what; begin with *"]


@pytest.mark.parametrize("error", ["UnableToRevoke", "UnableToRevoke(link=link)", "errors.UnableToRevoke(link=link)"])
def test_flow_that_hides_what_it_raises_is_found(check: Check, error: str) -> None:
    text = f'def revoke(*, link):\n    """Revoke it.{{words}}"""\n    raise {error}\n'

    assert check(**{"flows/revoke.py": text.format(words=" Raises UnableToRevoke.")}) == []
    assert check(**{"flows/revoke.py": text.format(words="")}) == [
        "1: revoke raises UnableToRevoke: its callers need to know; say so in the docstring"
    ]


TEMPLATE = "portals/employer/templates/employer/home.html"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<p\n style="color: red">', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<button class="a" onclick="x()">', "inline handler"),
        ("{% blocktranslate count n=n %}", "blocktranslate keeps line breaks"),
    ],
)
def test_template_faults_are_found(check: Check, text: str, message: str) -> None:
    (finding,) = check(**{TEMPLATE: f"\n{text}"})

    assert finding.startswith(f"2: {message}")


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{% static "design/menu.js" %}" defer></script>',
        "{% blocktranslate count n=n trimmed %}",
        '<p class="style=">{% button style="primary" %}',
        '<a href="/one=1">',
    ],
)
def test_sound_templates_are_allowed(check: Check, text: str) -> None:
    assert check(**{TEMPLATE: text}) == []


def test_mail_templates_may_have_inline_styles(check: Check) -> None:
    assert check(**{"domain/hiring/links/templates/mail/link.html": '<p style="margin: 0">'}) == []
