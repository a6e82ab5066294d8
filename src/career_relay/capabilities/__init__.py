"""Used by the domain, knows no noun of it."""
