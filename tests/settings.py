"""The product's own settings on the test server, with a cheap password hash. The role is relay_app, as in production."""

from __future__ import annotations

import os

from tools import devdb

_urls = devdb.start(test=True)
os.environ.update(
    {
        "DATABASE_URL": _urls["app"],
        "DATABASE_OWNER_URL": _urls["owner"],
        "DATABASE_SUPERUSER_URL": _urls["superuser"],
        "RELAY_KEY": "tests-only-key",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "EMAIL_TIMEOUT": "5",
        "RELAY_LOG_LEVEL": os.environ.get("RELAY_LOG_LEVEL", "CRITICAL"),
    }
)

from career_relay.config.settings import *  # noqa: E402, F403 -- the settings under test, after their environment
from career_relay.config.settings import MIDDLEWARE  # noqa: E402 -- named, because it is changed here

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
