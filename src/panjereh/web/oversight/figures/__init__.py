"""Pages of figures: every number with its definition, its date, and the events it was counted from."""
