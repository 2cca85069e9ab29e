"""The inbox: what the platform has told this person."""
