"""Names and wishes as people write them come back the same on every page and in the file."""

from __future__ import annotations

import json
import typing
import unicodedata

import pytest
from django.utils.html import escape

from tests.portals.candidate.browser import Phone, code_in_mail

if typing.TYPE_CHECKING:
    from tests.world import World

AS_THEY_ARE = {
    "surrogate pair": "𠮷野 家子",
    "variants": "髙﨑 邉 齋 德 濵",
    "variation selector": "葛\U000e0100城",
    "half-width kana": "ﾔﾏﾀﾞ ﾀﾛｳ",
    "one letter": "翔",
    "latin one letter": "O",
    "a hundred": "漢" * 100,
    "html": "<b>太郎</b> & \"花\" 'x'",
    "template": "{{ name }} {% now %} 太郎",
    "placeholder": "{{secret:code}} 太郎",
    "percent": "太郎 %(name)s %s",
    "formula": "=SUM 太郎",
    "emoji": "太郎🌸",
    "arabic": "محمد",
    "middle dots": "マリア・デ・ラ・クルス",
    "long latin": "Wolfeschlegelsteinhausenbergerdorff-Hubert Blaine",
    "apostrophes": "O’Brien d'Arc",
}
TIDIED = {
    "decomposed kana": ("か\u3099くた", "がくた"),
    "decomposed latin": ("Jose\u0301", "José"),
    "line break": ("山田\r\n空", "山田 空"),
    "header injection": ("山田\r\nBcc: all", "山田 Bcc: all"),
    "bidi override": ("山田\u202e空\u202c", "山田空"),
    "zero width": ("山\u200b田\ufeff 空", "山田 空"),
    "tab": ("山田\t空", "山田 空"),
    "wide space": ("\u3000山田\u3000空\u3000", "山田 空"),
}
CASES = [pytest.param(text, text, id=name) for name, text in AS_THEY_ARE.items()]
CASES += [pytest.param(*pair, id=name) for name, pair in TIDIED.items()]


@pytest.mark.parametrize(("typed", "kept"), CASES)
def test_a_name_and_a_wish_come_back_as_they_are_written(
    world: World, phone: Phone, path: str, typed: str, kept: str
) -> None:
    phone.ask_for_code(path, name=typed, occupation=typed)
    assert phone.read("check").count(f"<dd>{escape(kept)}</dd>") == 2
    assert phone.read("details").count(f'value="{escape(kept)}"') == 2
    phone.post("code", {"code": code_in_mail(phone.sign_up_id)})
    assert f"<h1>{escape(kept)} さんのページ</h1>" in phone.read("me")
    assert phone.read("me_details").count(f'value="{escape(kept)}"') == 2
    copy = json.loads(phone.get("me_download").content)["person"]
    assert (copy["person"]["name"], copy["occupation"]) == (kept, kept)
    assert unicodedata.is_normalized("NFC", kept)
