"""What runs in the background: load, enter the principal's context, call one flow or operation."""
