"""Numbered SQL files, applied once and in order by `panjereh_idp migrate`."""
