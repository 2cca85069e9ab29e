"""Journeys on the running programs: real pages, real exchange, real signatures."""
