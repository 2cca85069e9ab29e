"""Agencies, provinces, calendars and law: what every other room may name by its code."""
