"""Where the node meets sockets, disk, clock and randomness."""
