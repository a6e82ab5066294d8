"""The person's own room."""
