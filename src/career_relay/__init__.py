"""Career Relay: where a rejection becomes the next start."""

__version__ = "0.1.0"
