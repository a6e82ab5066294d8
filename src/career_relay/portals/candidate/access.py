"""Who a page is for: somebody with a link, somebody in the middle of a registration, somebody signed in."""

from __future__ import annotations

import dataclasses
import functools
import typing
import uuid

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from career_relay.design.shapes import Brand
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.hiring.links import queries as links
from career_relay.domain.people.candidates import queries as candidates
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import cookies

if typing.TYPE_CHECKING:
    import collections.abc

    from django.http import HttpResponse

    from career_relay.domain.ground.organizations.access import Request
    from career_relay.domain.people.candidates import rules

    View = collections.abc.Callable[..., HttpResponse]

READ: typing.Final = ("GET", "HEAD")
ASK: typing.Final = ("GET", "HEAD", "POST")
DO: typing.Final = ("POST",)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The link this browser came by, the door that was pressed, and what was typed so far."""

    link_id: uuid.UUID
    organization_id: uuid.UUID
    employer: str
    door: str = ""
    draft: candidates.Draft | None = None

    @property
    def brand(self) -> Brand:
        """Who speaks on the page: the employer, before the programme."""
        return Brand(name=self.employer)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Begun(Journey):
    """A journey on which something was typed."""

    draft: candidates.Draft

    @property
    def details(self) -> rules.Details:
        """What was typed. A confirmed registration has forgotten it."""
        if self.draft.details is None:
            raise Http404
        return self.draft.details


def page(methods: tuple[str, ...]) -> collections.abc.Callable[[View], View]:
    """Answer these methods only, and let no browser or proxy keep the page."""

    def decorate(view: View) -> View:
        return cache_control(no_store=True, private=True)(require_http_methods(methods)(view))

    return decorate


def arrived(request: Request) -> Journey | None:
    """Return the live link that this browser opened within the hour, read on behalf of its employer."""
    parts = cookies.LINK.read(request)
    if parts is None:
        return None
    link_id, organization_id, door = uuid.UUID(parts[0]), uuid.UUID(parts[1]), parts[2]
    with acting_as(organization=organization_id):
        if links.live_at(organization_id, link_id, clock.now()) is None:
            return None
        employer = organizations.profile(organization_id).name
    return Journey(link_id=link_id, organization_id=organization_id, employer=employer, door=door)


def begun(request: Request) -> Begun | None:
    """Return the registration under way in this browser, if its day is not over."""
    parts = cookies.SIGN_UP.read(request)
    draft = candidates.draft(uuid.UUID(parts[0]), clock.now()) if parts else None
    if parts is None or draft is None:
        return None
    organization_id = uuid.UUID(parts[2])
    return Begun(
        link_id=uuid.UUID(parts[1]),
        organization_id=organization_id,
        employer=organizations.names_of([organization_id])[organization_id].name,
        door=parts[3],
        draft=draft,
    )


def journey(request: Request) -> Journey | None:
    """Return where this browser is: a new employer's link begins anew, the same one's goes on with what was typed."""
    new, old = arrived(request), begun(request)
    if old is None or old.draft.is_done:
        return new
    if new is None:
        return old
    return dataclasses.replace(new, draft=old.draft) if new.organization_id == old.organization_id else new


def with_link(view: View) -> View:
    """Hand the view the opened link; without one, say kindly that the mail's link is needed."""
    return _with(arrived, view, lambda request: render(request, "candidate/link_needed.html"))


def with_journey(view: View) -> View:
    """Hand the view the journey, whether something was typed or not."""
    return _with(journey, view, _after_the_end)


def with_draft(view: View) -> View:
    """Hand the view the registration under way; without one, lead back to its first page."""
    return _with(_under_way, view, lambda request: redirect("candidate:details"))


def with_code(view: View) -> View:
    """Hand the view the registration that may have its code, or that was confirmed by a click a moment ago."""
    return _with(_agreed, view, lambda request: redirect("candidate:details"))


def signed_in(view: View) -> View:
    """Run the view as the person who signed in; anybody else is led to the page that sends a code."""

    @functools.wraps(view)
    def guarded(request: Request, *args: typing.Any, **kwargs: typing.Any) -> HttpResponse:
        session = cookies.session(request)
        if session is None or candidates.session_version(session.candidate_id) != session.version:
            return redirect("candidate:sign_in")
        with acting_as(candidate=session.candidate_id):
            return view(request, session.candidate_id, *args, **kwargs)

    return guarded


def _under_way(request: Request) -> Begun | None:
    found = begun(request)
    return None if found is None or found.draft.is_done else found


def _agreed(request: Request) -> Begun | None:
    """Without a yes to anything there is no registration, so there is no code either."""
    found = begun(request)
    return found if found and (found.draft.is_done or found.draft.ticked) else None


def _after_the_end(request: Request) -> HttpResponse:
    """Answer the back button: whoever is registered by now has a page of their own."""
    if cookies.session(request):
        return redirect("candidate:me")
    return render(request, "candidate/link_needed.html")


def _with(
    find: collections.abc.Callable[[Request], Journey | None],
    view: View,
    otherwise: collections.abc.Callable[[Request], HttpResponse],
) -> View:
    @functools.wraps(view)
    def guarded(request: Request, *args: typing.Any, **kwargs: typing.Any) -> HttpResponse:
        found = find(request)
        return otherwise(request) if found is None else view(request, found, *args, **kwargs)

    return guarded
