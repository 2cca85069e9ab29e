"""Pages for the oversight audience."""
