from __future__ import annotations

import typing

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import translation

from career_relay.config.demo import network, samples
from career_relay.kernel import clock
from career_relay.portals.public import demo_roles, demo_samples


class Command(BaseCommand):
    help = "Make the demo's network and its sample files, once; may be run again without harm. Only in demo mode (RELAY_DEMO=1)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the wish to only print the sign-ins."""
        parser.add_argument("--print", action="store_true", help="only print who may sign in, and where")

    def handle(self, *args: typing.Any, **options: typing.Any) -> None:
        """Make the network, or say how to get in."""
        if not settings.DEMO:
            message = (
                "This is no demo: nothing was changed. Set RELAY_DEMO=1 on an installation that holds no real people."
            )
            raise CommandError(message)
        if options["print"]:
            self.stdout.write("\n".join(sign_ins()))
            return
        now = clock.now()
        is_new = network.make(now=now)
        if is_new or demo_samples.path(demo_samples.STORY.name) is None:
            samples.write(demo_samples.folder(), clock.day_in_japan(now))
        self.stdout.write("The demo's network was made." if is_new else "The demo's network was there already.")


def sign_ins() -> list[str]:
    """Return where to begin, and everybody who may sign in, a line each."""
    with translation.override("en"):
        members = [f"  {member.email:<42} {member.title} ({member.name})" for member in demo_roles.EVERYBODY]
        people = [f"  {person.email:<42} candidate ({person.name})" for person in demo_roles.PEOPLE]
    return [
        f"Begin at {reverse('public:demo')}: every role by a button, the link a candidate receives, every mail.",
        f"Members sign in at {reverse('account_login')} with the password {demo_roles.PASSWORD}",
        *members,
        f"Candidates sign in at {reverse('candidate:sign_in')} with a code from {reverse('public:demo_mails')}",
        *people,
    ]
