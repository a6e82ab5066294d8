"""Primary keys: UUID version 7, so that rows made together lie together and tables can be partitioned by key."""

from __future__ import annotations

import secrets
import uuid

from career_relay.kernel import clock


def new() -> uuid.UUID:
    """Return a fresh UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits. Never use one as a secret."""
    milliseconds = int(clock.now().timestamp() * 1000)
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)
