"""HTML by audience, thin: parse, call one flow or query, render."""
