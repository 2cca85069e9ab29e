"""What a node decides about messages, without disk, network, clock or randomness."""
