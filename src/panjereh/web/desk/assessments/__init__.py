"""Assessments of portals: opened, answered by two, settled by a third, closed."""
