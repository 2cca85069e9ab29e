"""Changes of the catalogue: one verb per module."""
