from __future__ import annotations

import gettext
import shutil
from pathlib import Path

import pytest

from tools import messages

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
needs_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="collecting texts needs gettext")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "views.py").write_text('from django.utils.translation import gettext as _\ntext = _("不採用通知")\n')
    return folder


def catalogue(package: Path, text: str) -> Path:
    path = package / "locale/en/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + text)
    return path


def test_compile_makes_a_translation_usable_and_leaves_empty_ones_out(package: Path) -> None:
    path = catalogue(package, 'msgid "不採用通知"\nmsgstr "Rejection"\n\nmsgid "応募"\nmsgstr ""\n')

    messages.compile_all(package)

    with path.with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert [translations.gettext(text) for text in ("不採用通知", "応募")] == ["Rejection", "応募"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "応募"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy\nmsgid "応募"\nmsgstr "Application"\n', "fuzzy"),
        ('msgid "応募"\nmsgid_plural "応募"\nmsgstr[0] "Application"\nmsgstr[1] ""\n', "not translated"),
        ('#, python-format\nmsgid "%(n)s 人"\nmsgstr "%(m)s people"\n', "unknown named placeholder 'm'"),
    ],
)
def test_incomplete_finds_a_text_without_a_sound_translation(package: Path, text: str, fault: str) -> None:
    (finding,) = messages.incomplete(catalogue(package, text))

    assert finding.startswith("django.po: ")
    assert finding.endswith(fault)


def test_incomplete_is_silent_about_a_sound_translation(package: Path) -> None:
    assert messages.incomplete(catalogue(package, 'msgid "応募"\nmsgstr "Application"\n')) == []


@needs_gettext
def test_stale_finds_a_text_that_is_not_in_the_catalogue_yet(package: Path) -> None:
    messages.collect(package)
    assert messages.stale(package) == []

    with (package / "views.py").open("a") as file:
        file.write('more = _("応募")\n')

    assert messages.stale(package) == [
        "locale/en/LC_MESSAGES/django.po: texts have changed: run `make messages` and translate them"
    ]
