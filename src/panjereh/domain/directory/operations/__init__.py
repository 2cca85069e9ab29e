"""Changes of the directory: one verb per module."""
