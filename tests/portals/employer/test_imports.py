"""A file on its way in, page by page: chosen, confirmed, checked, taken in, taken back."""

from __future__ import annotations

import io
import typing

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.applications.operations import corrections
from career_relay.domain.hiring.intake.models import Batch, Source
from career_relay.domain.hiring.intake.vocabulary import Field
from career_relay.flows import receive_applications
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.employer.imports import forms, uploads
from career_relay.tasks import imports as tasks
from tests.portals.employer import import_files
from tests.portals.employer.desk import signed_in, text
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.portals.pages import Answer
    from tests.world import Tenant, World

LIST = "/employer/imports/"
NEW = "/employer/imports/new/"
STEPS = ("import", "import_columns", "import_values", "import_check", "import_undo", "import_failed")
POSTS = ("import_columns", "import_values", "import_commit", "import_undo", "import_discard")
MOST_QUERIES = 15


def choose(client: Client, content: bytes, **fields: str) -> Answer:
    return client.post(NEW, {"file": import_files.upload(content), **fields})


def at(page: str, batch_id: uuid.UUID) -> str:
    return reverse(f"employer:{page}", args=[batch_id])


def batch_of(tenant: Tenant) -> Batch:
    with acting_as(organization=tenant.id):
        return Batch.objects.select_related("source").latest("uploaded_at", "id")


def confirm_columns(client: Client, batch_id: uuid.UUID, **changes: str) -> Answer:
    """Send the page of the columns as it came, with a name for the source and what a test changes."""
    form = client.get(at("import_columns", batch_id)).context["form"]
    shown = {name: form[name].value() or "" for name in form.columns}
    return client.post(at("import_columns", batch_id), {**shown, "source_name": "HRハッカー", **changes})


def explain(client: Client, batch_id: uuid.UUID, *meaning: str) -> Answer:
    """Answer every word that is asked for in the same way."""
    form = client.get(at("import_values", batch_id)).context["form"]
    answers = {
        select.name: part for name in form.words for select, part in zip(form.selects(name), meaning, strict=True)
    }
    return client.post(at("import_values", batch_id), answers)


def work(tenant: Tenant, task: typing.Callable[..., None]) -> None:
    """Do what was deferred, as the worker does."""
    task(run=str(batch_of(tenant).run_id), organization=str(tenant.id))


def checked(tenant: Tenant, content: bytes) -> tuple[Client, uuid.UUID]:
    """Bring a file as far as the last page before it comes in."""
    client = signed_in(tenant.owner)
    choose(client, content)
    batch_id = batch_of(tenant).pk
    confirm_columns(client, batch_id)
    if batch_of(tenant).state == Batch.State.MAPPED:
        explain(client, batch_id, "final", "in_progress")
    work(tenant, tasks.check_import)
    return client, batch_id


def committed(tenant: Tenant, content: bytes) -> tuple[Client, uuid.UUID]:
    """Bring a file in."""
    client, batch_id = checked(tenant, content)
    client.post(at("import_commit", batch_id))
    work(tenant, tasks.commit_import)
    return client, batch_id


def mixed() -> bytes:
    """Return three rows that come in and one that does not."""
    rows = [import_files.row(number) for number in (1, 2, 3)]
    return import_files.table([*rows, import_files.row(4, applied="令和6年2月30日")])


def test_empty_list_says_what_to_bring(world: World) -> None:
    page = text(signed_in(world.alpha.owner).get(LIST))
    assert "取り込んだファイルは、まだありません" in page
    assert "CSV と TSV（UTF-8、Shift_JIS など）が使えます" in page


def test_upload_page_says_limits_and_what_is_never_taken(world: World) -> None:
    page = text(signed_in(world.alpha.owner).get(NEW))
    for words in ("50 MB、20 万行まで", "CSV UTF-8（コンマ区切り）", "本籍・出生地", "性別、年齢、生年月日、国籍"):
        assert words in page


def test_upload_reads_japanese_of_old_systems_and_leads_to_its_columns(world: World) -> None:
    client = signed_in(world.alpha.users["recruiter"])
    response = choose(client, import_files.table([import_files.row(1)]))
    batch = batch_of(world.alpha)
    assert response.headers["Location"] == at("import_columns", batch.pk)
    page = text(client.get(at("import_columns", batch.pk)))
    assert (batch.encoding, batch.row_count, batch.dropped) == ("cp932", 1, ["性別", "生年月日", "本籍"])
    assert "髙﨑 花" in page
    assert "経理①" in page
    assert "文字コード：Shift_JIS（CP932）" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ファイルに中身がありません"),
        (b"PK\x03\x04" + b"xl/workbook.xml" * 20, "CSV UTF-8（コンマ区切り）」として保存してから"),
        (b"%PDF-1.7 file", "ファイルがPDFです"),
        ("名前,応募日\r\n".encode(), "列の名前だけで、応募の行がありません"),
        ('名前,応募日\r\n"髙﨑 花,2026/06/11\r\n'.encode(), '引用符（"）が閉じていません'),
        ("本籍,性別\r\n長野県,女性\r\n".encode(), "採用選考に使える列が一つもない"),
    ],
)
def test_upload_says_what_is_wrong_with_a_file_and_keeps_nothing(world: World, content: bytes, words: str) -> None:
    response = choose(signed_in(world.alpha.owner), content)
    assert response.context["form"].errors.keys() == {"file"}
    assert words in text(response).replace("&quot;", '"')
    with acting_as(organization=world.alpha.id):
        assert Batch.objects.count() == 0


def test_upload_reads_in_the_encoding_that_was_chosen(world: World) -> None:
    response = choose(signed_in(world.alpha.owner), import_files.table([import_files.row(1)]), encoding="euc_jp")
    assert "文字コード「EUC-JP」では読めない文字があります" in text(response)


def test_upload_asks_for_a_file(world: World) -> None:
    response = signed_in(world.alpha.owner).post(NEW, {})
    assert "ファイルが選ばれていません" in text(response)
    assert "<title>エラー：" in response.content.decode()


class Endless(io.RawIOBase):
    """The body of a request, counted as it is read; nothing of it exists before."""

    def __init__(self, size: int) -> None:
        self.left, self.largest_read = size, 0

    def read(self, size: int = -1) -> bytes:
        taken = self.left if size < 0 else min(size, self.left)
        self.left -= taken
        self.largest_read = max(self.largest_read, taken)
        return b"x" * taken


def sent(client: Client, body: Endless) -> typing.Any:
    """Send the body as a browser does, without making it first."""
    about: dict[str, typing.Any] = {"CONTENT_LENGTH": str(body.left), "wsgi.input": body}
    return client.generic("POST", NEW, content_type="multipart/form-data; boundary=b", **about)


def test_upload_of_a_hundred_megabytes_is_told_to_be_too_large_without_being_kept(world: World) -> None:
    body = Endless(100_000_000)
    response = sent(signed_in(world.alpha.owner), body)
    assert (response.status_code, body.left, body.largest_read) == (413, 0, uploads.AT_ONCE)
    assert "ファイルが上限の 50 MB を超えています" in text(response)


def test_upload_of_an_absurd_size_is_not_read_at_all(world: World) -> None:
    body = Endless(10**12)
    response = sent(signed_in(world.alpha.owner), body)
    assert (response.status_code, body.left) == (413, 10**12)


def test_upload_stops_where_the_file_passes_the_limit(world: World) -> None:
    response = choose(signed_in(world.alpha.owner), b"x" * (uploads.LARGEST + 1))
    assert response.status_code == 413
    assert "ファイルが上限の 50 MB を超えています" in text(response)


def test_upload_asks_for_the_token_of_the_form(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.alpha.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert choose(client, import_files.table([import_files.row(1)])).status_code == 403
    token = client.get(NEW).context["csrf_token"]
    response = choose(client, import_files.table([import_files.row(1)]), csrfmiddlewaretoken=str(token))
    assert response.status_code == 302


def test_columns_show_samples_confidence_and_what_was_thrown_away(world: World) -> None:
    client = signed_in(world.alpha.owner)
    choose(client, import_files.table([import_files.row(1), import_files.row(2)]))
    response = client.get(at("import_columns", batch_of(world.alpha).pk))
    lines = {line.column.header: line for line in response.context["page"].lines}
    assert lines["メールアドレス"].samples == ["person1@people.example", "person2@people.example"]
    assert (lines["名前"].select.value(), lines["名前"].tone) == ("name", "positive")
    assert [(column.header, str(column.reason)) for column in response.context["page"].dropped] == [
        ("性別", "選考にも紹介にも使わない情報です。"),
        ("生年月日", "選考にも紹介にも使わない情報です。"),
        ("本籍", "採用選考で集めてはいけない情報です。"),
    ]
    assert not {"性別", "生年月日", "本籍"} & set(lines)


def test_columns_offer_each_field_once() -> None:
    offered = [field for fields in forms.GROUPS.values() for field in fields]
    assert sorted(offered) == sorted(Field)


def test_columns_need_a_name_and_a_day(world: World) -> None:
    client = signed_in(world.alpha.owner)
    choose(client, import_files.table([["髙﨑 花", "memo"]], header=["名前", "メモ欄"]))
    batch_id = batch_of(world.alpha).pk
    page = text(client.get(at("import_columns", batch_id)))
    response = confirm_columns(client, batch_id)
    assert "取り込みに要る項目が、まだ選ばれていません" in page
    assert "「応募日時」の列が選ばれていない" in text(response)
    assert batch_of(world.alpha).state == Batch.State.UPLOADED


def test_columns_refuse_a_field_twice_and_keep_what_was_chosen(world: World) -> None:
    client = signed_in(world.alpha.owner)
    choose(client, import_files.table([import_files.row(1)]))
    batch_id = batch_of(world.alpha).pk
    response = confirm_columns(client, batch_id, column_1="name")
    names = {
        line.column.header: name
        for name, line in zip(response.context["form"].columns, response.context["page"].lines, strict=True)
    }
    assert response.context["form"].errors.keys() == {names["名前"]}
    assert "「氏名」が「応募求人先」の列でも選ばれています" in text(response)
    assert response.context["form"]["column_1"].value() == "name"


def test_columns_are_remembered_for_the_next_file_of_the_source(world: World) -> None:
    client = signed_in(world.alpha.owner)
    choose(client, import_files.table([import_files.row(1)]))
    confirm_columns(client, batch_of(world.alpha).pk, blank_clears="on")
    again = choose(client, import_files.table([import_files.row(2)]))
    batch = batch_of(world.alpha)
    assert again.headers["Location"] == at("import_values", batch.pk)
    assert batch.source is not None
    assert (batch.source.name, batch.source.blank_clears) == ("HRハッカー", True)
    form = client.get(at("import_columns", batch.pk)).context["form"]
    assert (form["source_name"].value(), form["blank_clears"].value()) == ("HRハッカー", True)


def test_values_ask_each_unknown_word_once_with_its_rows(world: World) -> None:
    client = signed_in(world.alpha.owner)
    rows = [import_files.row(number, status=import_files.UNKNOWN_WORD) for number in (1, 2)]
    choose(client, import_files.table([*rows, import_files.row(3)]))
    batch_id = batch_of(world.alpha).pk
    response = confirm_columns(client, batch_id)
    assert response.headers["Location"] == at("import_values", batch_id)
    [group] = client.get(at("import_values", batch_id)).context["page"].groups
    [line] = group.lines
    assert (line.value.word, line.value.count) == (import_files.UNKNOWN_WORD, 2)
    assert [select.value() for select in line.selects] == [None, None]


def test_values_guess_nothing(world: World) -> None:
    client = signed_in(world.alpha.owner)
    choose(client, import_files.table([import_files.row(1, status=import_files.UNKNOWN_WORD)]))
    batch_id = batch_of(world.alpha).pk
    confirm_columns(client, batch_id)
    response = client.post(at("import_values", batch_id), {})
    assert "「社長決裁待ち」（1 件）の意味が選ばれていません" in text(response)
    assert batch_of(world.alpha).state == Batch.State.MAPPED


def test_values_answered_start_the_check_and_are_not_asked_again(world: World) -> None:
    client, batch_id = checked(world.alpha, import_files.table([import_files.row(1, status=import_files.UNKNOWN_WORD)]))
    assert client.get(at("import_values", batch_id)).context["page"].groups == []
    choose(client, import_files.table([import_files.row(2, status=import_files.UNKNOWN_WORD)]))
    assert "すべての言葉の意味がわかっています" in text(client.get(at("import_values", batch_of(world.alpha).pk)))


def test_check_shows_how_far_it_is_until_it_is_done(world: World) -> None:
    client = signed_in(world.alpha.owner)
    choose(client, mixed())
    batch_id = batch_of(world.alpha).pk
    response = confirm_columns(client, batch_id)
    assert response.headers["Location"] == at("import_check", batch_id)
    page = client.get(at("import_check", batch_id))
    part = client.get(at("import_check", batch_id), headers={"HX-Request": "true"})
    assert "行を確かめています" in text(page)
    assert "<html" not in part.content.decode()
    work(world.alpha, tasks.check_import)
    assert client.get(at("import_check", batch_id), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_check_tells_each_row_by_its_line_and_what_to_do(world: World) -> None:
    client, batch_id = checked(world.alpha, mixed())
    response = client.get(at("import_check", batch_id))
    page = response.context["page"]
    assert [(str(tab.label), tab.count, tab.current) for tab in page.tabs] == [
        ("追加", 3, False),
        ("更新", 0, False),
        ("変更なし", 0, False),
        ("重複", 0, False),
        ("取り込めません", 1, True),
        ("注意", 0, False),
    ]
    [line] = page.lines
    assert (line.row.line, line.name) == (5, "髙﨑 花")
    assert "「応募日時」の「令和6年2月30日」は暦にない日です。正しい日に直してください。" in text(response)
    assert "3 件を取り込む" in text(response)


@pytest.mark.parametrize("kind", ["created", "updated", "unchanged", "duplicate", "failed", "warned", "", "<script>"])
def test_check_opens_at_every_kind_of_row(world: World, kind: str) -> None:
    client, batch_id = checked(world.alpha, mixed())
    response = client.get(at("import_check", batch_id), {"rows": kind, "page": "x"})
    assert response.status_code == 200
    assert [tab.current for tab in response.context["page"].tabs].count(True) == 1


def test_check_gives_the_rows_that_fail_as_a_file_that_comes_in_once_corrected(world: World) -> None:
    client, batch_id = committed(world.alpha, mixed())
    response = client.get(at("import_failed", batch_id))
    content = response.content.decode("utf-8-sig")
    assert len(content.splitlines()) == 2
    assert response.headers["Content-Disposition"].startswith('attachment; filename="import_failed_')
    choose(client, content.replace("令和6年2月30日", "令和6年2月29日").encode())
    confirm_columns(client, batch_of(world.alpha).pk)
    work(world.alpha, tasks.check_import)
    assert (batch_of(world.alpha).created, batch_of(world.alpha).failed) == (1, 0)


def test_commit_brings_the_rows_in_and_the_result_says_so(world: World) -> None:
    client, batch_id = committed(world.alpha, mixed())
    response = client.get(at("import", batch_id))
    assert "追加 3 件、更新 0 件。" in text(response)
    assert "1 行を取り込めませんでした" in text(response)
    assert response.context["page"].untold_url == f"/employer/applications/?batch={batch_id}&told=untold"
    for dropped in ("性別", "生年月日", "本籍"):
        assert dropped in text(response)
    with acting_as(organization=world.alpha.id):
        assert Application.objects.count() == 3
        assert set(Applicant.objects.values_list("name", flat=True)) == {"髙﨑 花"}


def test_commit_asked_twice_happens_once(world: World) -> None:
    client, batch_id = checked(world.alpha, mixed())
    client.post(at("import_commit", batch_id))
    assert "取り込んでいます" in text(client.get(at("import", batch_id)))
    again = client.post(at("import_commit", batch_id))
    assert (again.status_code, again.headers["Location"]) == (302, at("import", batch_id))


def test_undo_asks_first_and_then_takes_everything_back(world: World) -> None:
    client, batch_id = committed(world.alpha, mixed())
    asked = client.get(at("import_undo", batch_id))
    assert "追加した 3 件がなくなり、更新した 0 件が元に戻ります" in text(asked)
    client.post(at("import_undo", batch_id))
    work(world.alpha, tasks.undo_import)
    assert "取り込みを取り消しました" in text(client.get(at("import", batch_id)))
    with acting_as(organization=world.alpha.id):
        assert (Application.objects.count(), Applicant.objects.count()) == (0, 0)
    assert client.get(at("import_undo", batch_id)).headers["Location"] == at("import", batch_id)


def test_undo_that_is_refused_says_why_and_asks_for_no_correction(world: World) -> None:
    client, batch_id = committed(world.alpha, mixed())
    with acting_as(organization=world.alpha.id):
        corrections.correct(
            organization_id=world.alpha.id,
            application_id=Application.objects.earliest("key").pk,
            changes={"recruiter": "佐藤"},
            reason="",
            user_id=world.alpha.owner.pk,
            now=clock.now(),
        )
    page = text(client.post(at("import_undo", batch_id)))
    assert "この取り込みは取り消せません" in page
    assert "手で訂正した応募 1 件（髙﨑 花 など）" in page
    assert "か所を直してください" not in page
    assert batch_of(world.alpha).state == Batch.State.COMMITTED


def test_result_tells_how_many_mails_were_taken_back(world: World) -> None:
    client, batch_id = committed(world.alpha, mixed())
    words = "送信を待っていた連絡 2 通を止めました。ファイルの内容と合わなくなったためです。"
    assert words not in text(client.get(at("import", batch_id)))
    with acting_as(organization=world.alpha.id):
        Batch.objects.filter(pk=batch_id).update(mails_taken_back=2)
    assert words in text(client.get(at("import", batch_id)))


def test_discard_forgets_the_rows_and_leads_on(world: World) -> None:
    client, batch_id = checked(world.alpha, mixed())
    response = client.post(at("import_discard", batch_id), {"again": "1"})
    assert response.headers["Location"] == NEW
    assert "取り込みを中止しました" in text(client.get(at("import", batch_id)))
    for page in ("import_columns", "import_values", "import_check", "import_undo"):
        assert client.get(at(page, batch_id)).headers["Location"] == at("import", batch_id)


def test_work_that_broke_off_says_why_and_can_be_tried_again(world: World) -> None:
    client = signed_in(world.alpha.owner)
    choose(client, mixed())
    batch_id = batch_of(world.alpha).pk
    confirm_columns(client, batch_id)
    run_id = batch_of(world.alpha).run_id
    assert run_id is not None
    receive_applications.break_off_import(
        run_id=run_id, organization_id=world.alpha.id, cause="途中で止まりました。", now=NOW
    )
    page = text(client.get(at("import_values", batch_id)))
    assert "前回の処理は、途中で止まりました" in page
    assert "途中で止まりました。" in page
    client.post(at("import_values", batch_id), {})
    work(world.alpha, tasks.check_import)
    assert batch_of(world.alpha).state == Batch.State.CHECKED


def test_list_names_each_file_and_where_it_goes_on(world: World) -> None:
    client, first = committed(world.alpha, mixed())
    choose(client, import_files.table([import_files.row(9)]))
    lines = client.get(LIST).context["lines"]
    assert [(line.url, line.created, line.failed, line.undo_until is None) for line in lines] == [
        (at("import_values", batch_of(world.alpha).pk), None, None, True),
        (at("import", first), 3, 1, False),
    ]


def test_pages_open_for_owners_and_recruiters_alone(world: World) -> None:
    _client, batch_id = committed(world.alpha, mixed())
    for role, user in world.alpha.users.items():
        client = signed_in(user)
        allowed = role in {"owner", "recruiter"}
        addresses = [LIST, NEW, *(at(page, batch_id) for page in STEPS)]
        assert {client.get(address).status_code == 403 for address in addresses} == {not allowed}, role
        if not allowed:
            assert {client.post(at(page, batch_id)).status_code for page in POSTS} == {403}, role


def test_pages_are_not_there_for_other_kinds_and_strangers(world: World) -> None:
    for user in (world.agency.owner, world.school.owner, world.operator.owner, world.stranger):
        client = signed_in(user)
        assert [client.get(address).status_code for address in (LIST, NEW)] == [404, 404]


def test_file_of_another_employer_is_not_there(world: World) -> None:
    _client, batch_id = committed(world.beta, mixed())
    client = signed_in(world.alpha.owner)
    assert {client.get(at(page, batch_id)).status_code for page in STEPS} == {404}
    assert {client.post(at(page, batch_id)).status_code for page in POSTS} == {404}
    assert "応募者一覧" not in text(client.get(LIST))
    with acting_as(organization=world.alpha.id):
        assert Source.objects.count() == 0


def test_pages_write_nothing_when_read(world: World) -> None:
    client, done = committed(world.alpha, mixed())
    choose(client, import_files.table([import_files.row(9, status="謎の言葉")]))
    opened = batch_of(world.alpha).pk
    with CaptureQueriesContext(connection) as captured:
        for address in [LIST, NEW, *(at(page, batch_id) for page in STEPS for batch_id in (done, opened))]:
            client.get(address)
            client.head(address)
    writing = ("INSERT", "UPDATE", "DELETE", "COPY")
    assert [query["sql"] for query in captured if query["sql"].lstrip().startswith(writing)] == []


def queries_of_pages(client: Client, batch_id: uuid.UUID) -> dict[str, int]:
    found = {}
    for address in [
        LIST,
        *(at(page, batch_id) for page in ("import", "import_columns", "import_values", "import_check")),
    ]:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        found[address] = len(captured)
    return found


def test_pages_ask_as_often_for_three_files_and_many_rows_as_for_one(world: World) -> None:
    client, batch_id = checked(world.alpha, mixed())
    one = queries_of_pages(client, batch_id)
    for first in (10, 20):
        choose(client, import_files.table([import_files.row(number) for number in range(first, first + 5)]))
    assert queries_of_pages(client, batch_id) == one
    assert max(one.values()) <= MOST_QUERIES


def test_list_is_cut_into_pages(world: World) -> None:
    client = signed_in(world.alpha.owner)
    for number in range(51):
        choose(client, import_files.table([import_files.row(number)]))
    assert (len(client.get(LIST).context["lines"]), len(client.get(LIST, {"page": "2"}).context["lines"])) == (50, 1)
