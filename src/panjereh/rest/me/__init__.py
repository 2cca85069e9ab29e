"""A person's own things, for a program they allowed to see them."""
