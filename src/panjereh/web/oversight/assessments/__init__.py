"""Closed assessments of portals, for everybody."""
