"""The client of our own exchange node: what may be asked of whom, the asking, and the receipts that stay."""
