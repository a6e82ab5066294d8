"""Whose rows a transaction may see: principals, row classes, the gate, and the lint that proves them in the catalogue."""
