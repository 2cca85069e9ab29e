"""Django's PostgreSQL, with a pool that looks at a connection instead of asking it whether it lives."""
