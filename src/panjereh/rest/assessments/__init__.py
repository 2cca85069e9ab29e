"""Closed assessments of portals, for programs."""
