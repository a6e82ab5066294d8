from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "career_relay.config.settings")
application = get_wsgi_application()

from career_relay.config import startup  # noqa: E402 -- needs the applications that the line above loads

startup.refuse_if_unsafe()
