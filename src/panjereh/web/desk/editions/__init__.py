"""Editions of indices that come in by four eyes: one operator proposes a file, another takes it in."""
