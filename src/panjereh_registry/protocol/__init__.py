"""What the registry decides, without disk, network or clock."""
