"""One verb per module; each owns its transaction unless it is a step."""
