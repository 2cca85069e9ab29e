"""Reading reference data, purely."""
