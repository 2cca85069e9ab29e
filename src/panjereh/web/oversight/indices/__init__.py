"""Pages of the laboratory of indices: where a country stands, why, and what would move it."""
