"""Operator commands: `python -m panjereh <command>`."""
