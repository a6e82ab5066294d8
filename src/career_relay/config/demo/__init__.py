"""The demo's network: a year in the life of employers, agencies and schools that do not exist."""
