"""What everyone stands on."""
