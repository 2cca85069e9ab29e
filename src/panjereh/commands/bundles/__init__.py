"""Backup bundles: what an installation needs to be there again, made whole or not at all."""
