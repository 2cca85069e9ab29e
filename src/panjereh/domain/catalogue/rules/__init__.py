"""Pure decisions of the catalogue: what a pack says, whether it may be installed, what it decides."""
