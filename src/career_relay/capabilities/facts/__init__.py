"""What happened, once, append-only and without personal data."""
