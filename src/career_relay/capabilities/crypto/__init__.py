"""Blind indexes, link tokens and codes, all derived from the one key."""
