"""Where the two streams meet, and only here."""
