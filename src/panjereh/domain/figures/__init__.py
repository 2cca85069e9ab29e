"""Figures counted from the record, each with its definition, its date and the events behind it."""
