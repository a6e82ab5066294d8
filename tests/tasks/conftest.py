from __future__ import annotations

from tests.capabilities.messaging.conftest import letter_templates, mail_server

__all__ = ["letter_templates", "mail_server"]
