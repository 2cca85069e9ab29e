"""What the room does: one verb per module."""
