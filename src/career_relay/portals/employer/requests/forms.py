"""The form by which an employer asks agencies for somebody."""

from __future__ import annotations

import typing
import uuid

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.ground.requests.models import LONGEST_NEEDS

if typing.TYPE_CHECKING:
    from career_relay.portals.employer.requests.asking import Asking

SLOT: typing.Final = "slot"
FEE: typing.Final = "fee"
MOST_NAMED: typing.Final = 3
_PLACES: typing.Final = (
    gettext_lazy("最初に頼む紹介会社"),
    gettext_lazy("見送られたときに頼む紹介会社"),
    gettext_lazy("その次に頼む紹介会社"),
)


class RequestForm(forms.Form):
    """For which posting, whom, at what price, and which agencies in which order."""

    posting = forms.ChoiceField(
        label=gettext_lazy("求人"),
        help_text=gettext_lazy("労働条件の記載がそろった、募集中の求人から選べます。"),
        error_messages={"required": gettext_lazy("求人が選ばれていません。一覧から 1 つ選んでください。")},
    )
    needs = forms.CharField(
        label=gettext_lazy("求める人"),
        max_length=LONGEST_NEEDS,
        widget=forms.Textarea({"rows": 5}),
        help_text=format_lazy(
            gettext_lazy(
                "仕事に必要な経験や力を、必須のものと歓迎するものに分けて書いてください。{most} 字までです。"
                "年齢、性別、国籍、本籍、家族、健康についての条件は書けません。"
            ),
            most=LONGEST_NEEDS,
        ),
        error_messages={
            "required": gettext_lazy(
                "求める人が入力されていません。紹介会社が探せるように、必要な経験や力を書いてください。"
            )
        },
    )
    price = forms.ChoiceField(label=gettext_lazy("採用が決まったときの手数料"), widget=forms.RadioSelect)

    def __init__(self, data: typing.Any, *, asking: Asking, posting_id: str = "") -> None:
        super().__init__(data, initial={"posting": posting_id, "price": SLOT if asking.slots else FEE})
        self.asking = asking
        postings = [(str(one.pk), one.title) for one in asking.postings]
        _choose(self, "posting", [("", _("選択してください")), *postings])
        _choose(self, "price", _prices(asking))
        if not asking.slots:
            self.fields["price"].help_text = _("使える無料紹介枠は、いまはありません。")
        agencies = [(str(one.id), one.words) for one in asking.agencies]
        for place, label in zip(range(len(agencies)), _PLACES, strict=False):
            nobody = _("おまかせ（条件と順番で決めます）") if place == 0 else _("選ばない")
            self.fields[f"agency_{place}"] = forms.ChoiceField(
                label=label, choices=[("", nobody), *agencies], required=False
            )
            if place == 0:
                self.fields["agency_0"].help_text = _(
                    "1 社も選ばないと、条件の合う会社から順に頼みます。選ぶと、選んだ会社だけに、選んだ順に頼みます。"
                )

    def clean(self) -> dict[str, typing.Any]:
        """Refuse an agency that is named twice, and one that takes no slot when a slot is to pay."""
        cleaned = super().clean() or self.cleaned_data
        seen: set[str] = set()
        takers = {str(one.id) for one in self.asking.agencies if one.takes_slot}
        for field, chosen in self._named().items():
            if chosen in seen:
                self.add_error(
                    field, _("同じ紹介会社が 2 回選ばれています。別の会社を選ぶか、おまかせにしてください。")
                )
            elif cleaned.get("price") == SLOT and chosen not in takers:
                self.add_error(
                    field,
                    _("この紹介会社との協定では、無料紹介枠を使えません。別の会社を選ぶか、手数料を選んでください。"),
                )
            seen.add(chosen)
        return cleaned

    @property
    def asked(self) -> dict[str, typing.Any]:
        """What is to be asked."""
        return {
            "posting_id": uuid.UUID(self.cleaned_data["posting"]),
            "needs": self.cleaned_data["needs"],
            "uses_slot": self.cleaned_data["price"] == SLOT,
            "agencies": [uuid.UUID(chosen) for chosen in self._named().values()],
        }

    def _named(self) -> dict[str, str]:
        places = [f"agency_{place}" for place in range(MOST_NAMED)]
        return {name: self.cleaned_data[name] for name in places if self.cleaned_data.get(name)}


def _prices(asking: Asking) -> list[tuple[str, str]]:
    by_fee = (FEE, _("連携協定の手数料を払う"))
    if not asking.slots:
        return [by_fee]
    return [(SLOT, _("無料紹介枠を 1 つ使う（手数料は 0 円。いま使える枠：%(n)d）") % {"n": asking.slots}), by_fee]


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    typing.cast("forms.ChoiceField", form.fields[name]).choices = choices
