"""What the registry does, step by step, over ports."""
