"""Reporting, in two steps, that an office did not accept a valid document."""
