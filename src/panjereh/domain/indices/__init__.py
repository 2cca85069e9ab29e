"""Index laboratory: entries of people."""
