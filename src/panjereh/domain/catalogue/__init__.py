"""Services as data: packs, their linter, search, and what a pack decides."""
