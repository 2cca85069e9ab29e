"""Signed electronic documents: made from packs and data, checked by anybody."""
