"""Once only: what the state already knows is fetched from its register, for a named purpose, and shown."""
