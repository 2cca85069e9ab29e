"""One verb per module; each owns its transaction."""
