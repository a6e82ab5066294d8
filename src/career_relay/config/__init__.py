"""Settings, addresses, middleware and commands: imports everything, imported by nothing."""
