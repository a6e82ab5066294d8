"""What the reports by law ask for: the `year` an agency hands in, the `fees` it publishes, the `network` of the operator."""

from __future__ import annotations
