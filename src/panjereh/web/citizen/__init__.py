"""Pages for the citizen audience."""
