"""Wiring: the environment read once, Django settings, addresses, the roles a process can play."""
