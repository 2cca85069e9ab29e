"""Roles of officers: asked for by one grantor, decided by another."""
