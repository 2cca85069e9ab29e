"""The outside world: PostgreSQL, HTTP, files, the clock and the draw."""
