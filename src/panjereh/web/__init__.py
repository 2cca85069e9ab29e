"""Pages. Each package translates a request into one call through a door, and the answer back."""
