"""Orders to erase a person: an operator of the platform asks, another approves or refuses."""
