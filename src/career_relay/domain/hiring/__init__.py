"""The employer's own records."""
