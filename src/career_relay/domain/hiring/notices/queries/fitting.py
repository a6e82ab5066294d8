"""Whether the words of a mailing suit its people: for which kinds of hiring and stages they were rejected."""

from __future__ import annotations

import dataclasses
import typing

from django.db.models import Count, Q

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage
from career_relay.domain.hiring.notices import rules
from career_relay.domain.hiring.notices.models import Mailing, Notice, Template, Told
from career_relay.domain.hiring.notices.queries import states

if typing.TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A kind of hiring (empty where none is recorded) and a stage of templates, and how many applications ended there."""

    employment_type: str
    stage: str
    count: int

    @property
    def kind_name(self) -> str:
        """The words for the kind; empty where none is recorded."""
        return str(EmploymentType(self.employment_type).label) if self.employment_type else ""

    @property
    def stage_name(self) -> str:
        return str(Template.Stage(self.stage).label)


def places(mailing: Mailing) -> list[Place]:
    """Return where the applications ended that a mailing is to tell of, the most frequent place first."""
    grouped = _to_tell(mailing).order_by().values_list("application__employment_type", "application__stage")
    numbers: dict[tuple[str, str], int] = {}
    for kind, stage, number in grouped.annotate(Count("pk")):
        place = kind, str(rules.template_stage(stage))
        numbers[place] = numbers.get(place, 0) + number
    found = [Place(employment_type=kind, stage=stage, count=number) for (kind, stage), number in numbers.items()]
    return sorted(found, key=lambda one: (-one.count, one.employment_type, one.stage))


def misfits(mailing: Mailing) -> QuerySet[Notice]:
    """Return those who would get words of another kind of hiring or stage than any of theirs.

    Where no kind is recorded any fits.
    """
    if mailing.template_version is None:
        return mailing.notices.none()
    template = mailing.template_version.template
    stages = [stage.value for stage in Stage if rules.template_stage(stage) == template.stage]
    told = _to_tell(mailing)
    fitting = told.filter(
        application__employment_type__in=[template.employment_type, ""], application__stage__in=stages
    )
    return mailing.notices.filter(pk__in=told.values("notice_id")).exclude(pk__in=fitting.values("notice_id"))


def mailed_before(mailing: Mailing) -> int:
    """Return how many people would get a second mail about an application: it was decided anew, or is said to be untold.

    A first one of which nobody found out that it did not arrive counts. Asked by lists, see `standing`.
    """
    notice_of = dict(_to_tell(mailing).values_list("application_id", "notice_id"))
    told = Told.objects.filter(organization_id=mailing.organization_id, application_id__in=list(notice_of))
    is_sent = Q(notice__message__state=Message.State.SENT)
    may_be_sent = Q(notice__message__state=Message.State.UNCERTAIN) & ~Q(notice__detail=states.NOT_ARRIVED)
    sent = told.filter(is_sent | may_be_sent).values_list("application_id", flat=True)
    return len({notice_of[application] for application in sent})


def _to_tell(mailing: Mailing) -> QuerySet[Told]:
    tells = Told.objects.filter(notice__mailing=mailing, notice__left_out=Notice.LeftOut.NO)
    return tells.filter(application__outcome=Outcome.REJECTED.value, application__told_at=None)
