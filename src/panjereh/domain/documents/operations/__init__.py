"""One verb per module; each owns its transaction, or says that it is a step in the caller's."""
