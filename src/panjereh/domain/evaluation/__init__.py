"""Assessments: question lists filled in by ourselves, scored by the published editions."""
